-- grain: one row per month of one category of offence in one London borough, zeros included; not for homicide
-- takes: category, borough
select months.month, coalesce(sum(offences), 0)::integer as offences
from (select distinct month from london_borough_offences) as months
left join london_borough_offences as held
    on held.month = months.month
    and held.category = $category
    and held.borough_code = $borough
    and held.category <> 'HOMICIDE'
group by all
order by months.month
