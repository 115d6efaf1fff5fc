-- grain: one row per calendar year and sex, London, 2003 to 2023
-- policy: homicide_attribute
-- totals: year | period, sex
with grouped as (
    select year, case when sex = 'Male' then 'Male' else 'Female or not recorded' end as sex
    from cases_to_2024
    where year < 2024
)
select years.year, three_years(years.year) as period, sexes.sex, count(grouped.year)::integer as victims
from (select distinct year from grouped) as years
cross join (select distinct sex from grouped) as sexes
left join grouped using (year, sex)
group by all
order by years.year, sexes.sex
