-- grain: one row per three calendar years, solved or not, London, 2003 to June 2022
-- policy: homicide_attribute
-- totals: period | solved
with grouped as (
    select
        case when year > 2020 then '2021 to June 2022' else three_years(year) end as period,
        solved_status as solved
    from cases
)
select periods.period, kinds.solved, count(grouped.period)::integer as victims
from (select distinct period from grouped) as periods
cross join (select distinct solved from grouped) as kinds
left join grouped using (period, solved)
group by all
order by periods.period, kinds.solved
