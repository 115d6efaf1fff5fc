-- grain: one row per London borough of the Metropolitan Police, by name; offences of some categories in a period, and residents
with counted as (
    select category, borough_code, month, offences from london_borough_offences
    union all
    select subtype, area_code, month, offences
    from london_knife_crime_count
    where area_kind = 'local_authority' and measure = 'Offences'
),
residents as (
    select area_code, sum(residents)::integer as residents from population group by area_code
)
select
    area.code,
    area.name,
    any_value(residents.residents) as residents,
    coalesce(sum(offences) filter (where month between $first and $last), 0)::integer as offences
from area
join residents on residents.area_code = area.code
left join counted
    on counted.borough_code = area.code and category in (select unnest($categories))
where area.parent_code = 'E23000001' and area.kind = 'local_authority'
group by area.code, area.name
order by area.name
