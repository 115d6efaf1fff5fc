-- grain: one row per month that both files hold
-- tables: london_ward_offences, london_borough_offences
-- first: the ward files
-- second: the borough files
-- counts: homicides
-- done: Both are kept: homicides without a ward count for London and for no ward.
with wards as (
    select month as period, sum(offences) filter (where category = 'HOMICIDE') as n
    from london_ward_offences group by month
),
boroughs as (
    select month as period, sum(offences) filter (where category = 'HOMICIDE') as n
    from london_borough_offences group by month
)
select period, coalesce(wards.n, 0)::bigint as first, coalesce(boroughs.n, 0)::bigint as second
from wards join boroughs using (period)
order by period
