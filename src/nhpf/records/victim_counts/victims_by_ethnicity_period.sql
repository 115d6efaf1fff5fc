-- grain: one row per three calendar years and ethnicity as officers saw it, London, 2003 to 2023
-- policy: homicide_attribute
-- totals: period | ethnicity
-- Groups too small to be shown for three years are pooled.
with grouped as (
    select
        three_years(year) as period,
        case when ethnicity in ('Black', 'White') then ethnicity else 'Any other or not known' end as ethnicity
    from cases_to_2024
    where year < 2024
)
select periods.period, groups.ethnicity, count(grouped.period)::integer as victims
from (select distinct period from grouped) as periods
cross join (select distinct ethnicity from grouped) as groups
left join grouped using (period, ethnicity)
group by all
order by periods.period, groups.ethnicity
