-- grain: one row per source file's period; homicides of the borough files that no ward file holds
with boroughs as (
    select case when month < date '2024-03-01' then 'April 2010 to February 2024'
                else 'March 2024 to February 2026' end as period,
        sum(offences)::integer as homicides
    from london_borough_offences
    where category = 'HOMICIDE'
    group by all
),
wards as (
    select case when month < date '2024-03-01' then 'April 2010 to February 2024'
                else 'March 2024 to February 2026' end as period,
        sum(offences)::integer as homicides
    from london_ward_offences
    where category = 'HOMICIDE'
    group by all
)
select
    period,
    boroughs.homicides as in_borough_file,
    wards.homicides as in_ward_file,
    boroughs.homicides - wards.homicides as without_ward
from boroughs
join wards using (period)
order by period
