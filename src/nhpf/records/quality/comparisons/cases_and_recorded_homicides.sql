-- grain: one row per month that both hold, London
-- tables: homicide_cases, london_borough_offences
-- first: the homicide cases
-- second: the recorded offences
-- counts: homicides
-- done: Both are kept and never mixed: each figure names its series.
with cases as (
    select recorded_month as period, sum(coalesce(victims, 1)) as n
    from homicide_cases where force = 'E23000001' group by period
),
months as (select distinct month as period from london_borough_offences),
recorded as (
    select month as period, sum(offences) as n
    from london_borough_offences where category = 'HOMICIDE' group by month
)
select
    period,
    coalesce(cases.n, 0)::bigint as first,
    coalesce(recorded.n, 0)::bigint as second
from months left join cases using (period) left join recorded using (period)
-- The last month of a file may not be complete.
where period >= (select min(period) from cases) and period < (select max(period) from cases)
order by period
