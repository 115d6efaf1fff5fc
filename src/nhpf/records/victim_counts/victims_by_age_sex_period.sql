-- grain: one row per seven calendar years, age group and sex, London, 2003 to 2023
-- policy: homicide_attribute
-- totals: period, age_group | period, sex | age_group, sex
-- The age groups 13 to 19 and 20 to 24 are pooled, because few victims of those ages are female.
with grouped as (
    select
        (year - (year - 2003) % 7)::varchar || ' to ' || (year - (year - 2003) % 7 + 6)::varchar as period,
        case when age_group in ('13 to 19', '20 to 24') then '13 to 24' else age_group end as age_group,
        case when sex = 'Male' then 'Male' else 'Female or not recorded' end as sex
    from cases_to_2024
    where year < 2024
)
select periods.period, ages.age_group, sexes.sex, count(grouped.period)::integer as victims
from (select distinct period from grouped) as periods
cross join (select distinct age_group from grouped) as ages
cross join (select distinct sex from grouped) as sexes
left join grouped using (period, age_group, sex)
group by all
order by periods.period, ages.age_group, sexes.sex
