-- grain: one row per three calendar years and age group, London, 2003 to 2023
-- policy: homicide_attribute
-- totals: period | age_group
with grouped as (select three_years(year) as period, age_group from cases_to_2024 where year < 2024)
select periods.period, ages.age_group, count(grouped.period)::integer as victims
from (select distinct period from grouped) as periods
cross join (select distinct age_group from grouped) as ages
left join grouped using (period, age_group)
group by all
order by periods.period, ages.age_group
