-- grain: one row per local authority, category in small letters and Home Office offence code of what forces recorded in the latest 36 months, of the categories or codes given
-- needs: crime_events
-- takes: categories, codes
with latest as (
    select max(month) as last from crime_events
)
select
    small_area.local_authority_code as place,
    lower(events.category) as category,
    coalesce(events.offence_code, '') as code,
    min(events.month) as first,
    any_value(latest.last) as last,
    count(*)::integer as offences
from crime_events as events
cross join latest
join small_area on small_area.code = events.lsoa
where
    (
        list_contains($categories, lower(events.category))
        or list_contains($codes, coalesce(events.offence_code, ''))
    )
    and events.month > latest.last - interval 36 month
group by all
order by all
