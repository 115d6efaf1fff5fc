-- grain: one row per month; homicides of the Metropolitan Police in all, those with a ward, those without a borough
with by_borough as (
    select
        month,
        coalesce(sum(offences) filter (category = 'HOMICIDE'), 0) as homicides,
        coalesce(sum(offences) filter (category = 'HOMICIDE' and borough_code is null), 0)
            as without_borough
    from london_borough_offences
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
    homicides::integer as homicides,
    coalesce(with_ward, 0)::integer as with_ward,
    without_borough::integer as without_borough
from by_borough
left join by_ward using (month)
order by month
