-- grain: one row per force of England and Wales (and British Transport Police), by name, year ending March 2019; offences of some categories, and residents in mid-2020
with residents as (
    select area.parent_code as force_code, sum(residents)::integer as residents
    from population
    join area on area.code = population.area_code
    group by area.parent_code
)
select
    force_offence.force_code as code,
    coalesce(area.name, force_offence.force_name) as name,
    any_value(residents.residents) as residents,
    sum(offences)::integer as offences
from force_offence
left join area on area.code = force_offence.force_code
left join residents on residents.force_code = force_offence.force_code
where category in (select unnest($categories))
group by force_offence.force_code, area.name, force_offence.force_name
order by name
