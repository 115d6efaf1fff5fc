-- grain: one row per year of homicides recorded by the police in England and Wales; a blank is not known
-- unit: year
-- from: homicides_recorded, population_long_run
select
    year(homicides.year::date)::integer as year,
    case when month(homicides.year::date) = 4 then 'financial year' else 'calendar year' end as kind,
    nullif(homicide_count, 'NA')::integer as homicides,
    persons::double::bigint as residents
from homicides_recorded as homicides
left join population_long_run as residents
    on residents.year::integer = year(homicides.year::date)
order by year
