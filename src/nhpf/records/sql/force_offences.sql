-- grain: one row per police force area in the order of their codes; offences of one subgroup in the year ending March 2019 and residents of mid-2020
-- takes: category
select
    force.code,
    force.name,
    counted.offences,
    people.residents
from area as force
join force_offence as counted on counted.force_code = force.code and counted.category = $category
join (
    select parent_code as code, sum(residents)::integer as residents
    from population
    join area on area.code = population.area_code
    group by all
) as people using (code)
where force.kind = 'force'
order by force.code
