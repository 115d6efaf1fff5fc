-- grain: one row per small area (LSOA of 2021; a blank is an event without one), category in small letters and Home Office offence code of what one force recorded in its latest 36 months, of the categories or codes given
-- needs: crime_events
-- takes: force, categories, codes
with events as (
    select month, lower(category) as category, coalesce(offence_code, '') as offence_code, lsoa
    from crime_events
    where force = $force
),
latest as (
    select max(month) as last from events
)
select
    small_area.code as place,
    events.category,
    events.offence_code as code,
    min(events.month) as first,
    any_value(latest.last) as last,
    count(*)::integer as offences
from events
cross join latest
left join small_area on small_area.code = events.lsoa and small_area.force_code = $force
where
    (list_contains($categories, events.category) or list_contains($codes, events.offence_code))
    and events.month > latest.last - interval 36 month
group by all
order by all
