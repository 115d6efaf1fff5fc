-- grain: one row per calendar year; homicides that the ward files give a ward
select
    year(month)::integer as year,
    sum(offences)::integer as homicides,
    count(distinct month)::integer as months_with_homicide
from london_ward_offences
where category = 'HOMICIDE'
group by all
order by year
