-- grain: one row per small area (LSOA of 2021; a blank is an event without one) and category in small letters of the offences recorded by one force in its latest 36 months
-- needs: crime_events
-- takes: force, categories
with events as (
    select month, lower(category) as category, lsoa
    from crime_events
    where force = $force
),
latest as (
    select max(month) as last from events
)
select
    small_area.code,
    events.category,
    min(events.month) as first,
    any_value(latest.last) as last,
    count(*)::integer as offences
from events
cross join latest
left join small_area on small_area.code = events.lsoa and small_area.force_code = $force
where
    list_contains($categories, events.category)
    and events.month > latest.last - interval 36 month
group by all
order by all
