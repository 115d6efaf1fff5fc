-- grain: one row per London borough and calendar year, 2003 to 2023
-- policy: homicide_total
-- totals: year | borough
-- Boroughs come from the later file: the earlier one puts about 155 victims too many under Ealing.
with places as (select distinct borough from cases_to_2024),
years as (select distinct year from cases_to_2024 where year < 2024)
select
    replace(replace(borough, ' & ', ' and '), 'Upon', 'upon') as borough,
    years.year,
    count(cases_to_2024.year)::integer as victims
from places
cross join years
left join cases_to_2024 using (borough, year)
group by all
order by borough, year
