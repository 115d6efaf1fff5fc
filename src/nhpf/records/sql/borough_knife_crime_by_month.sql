-- grain: one row per month of one subtype of knife crime in one London borough, zeros included
-- takes: subtype, borough
select months.month, coalesce(sum(offences), 0)::integer as offences
from (select distinct month from london_knife_crime_count) as months
left join london_knife_crime_count as held
    on held.month = months.month
    and held.area_kind = 'local_authority'
    and held.measure = 'Offences'
    and held.subtype = $subtype
    and held.area_code = $borough
group by all
order by months.month
