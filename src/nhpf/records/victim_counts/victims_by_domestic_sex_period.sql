-- grain: one row per three calendar years, domestic or not, and sex, London, 2003 to 2023
-- policy: homicide_attribute
-- totals: period, domestic | period, sex | domestic, sex
with grouped as (
    select
        three_years(year) as period,
        domestic_abuse as domestic,
        case when sex = 'Male' then 'Male' else 'Female or not recorded' end as sex
    from cases_to_2024
    where year < 2024
)
select periods.period, kinds.domestic, sexes.sex, count(grouped.period)::integer as victims
from (select distinct period from grouped) as periods
cross join (select distinct domestic from grouped) as kinds
cross join (select distinct sex from grouped) as sexes
left join grouped using (period, domestic, sex)
group by all
order by periods.period, kinds.domestic, sexes.sex
