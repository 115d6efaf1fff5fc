-- grain: one row per month from April 2010; homicides in all, those with a ward, those without a borough
with months as (
    select unnest(generate_series(min(month), max(month), interval 1 month))::date as month
    from london_borough_offences
),
by_borough as (
    select
        month,
        sum(offences) as homicides,
        sum(offences) filter (where borough_code is null) as without_borough
    from london_borough_offences
    where category = 'HOMICIDE'
    group by month
),
by_ward as (
    select month, sum(offences) as with_ward
    from london_ward_offences
    where category = 'HOMICIDE'
    group by month
)
select
    month,
    coalesce(homicides, 0)::integer as homicides,
    coalesce(with_ward, 0)::integer as with_ward,
    coalesce(without_borough, 0)::integer as without_borough
from months
left join by_borough using (month)
left join by_ward using (month)
order by month
