-- grain: one row per span of time, in minutes since 1970, in which near misses of a place (a force or a local authority, as $level says) can have happened, with their number
-- needs: crime_events
-- takes: codes, level, place
select
    (epoch(events.time_from) // 60)::bigint as minute_from,
    (epoch(coalesce(events.time_to, events.time_from)) // 60)::bigint as minute_to,
    count(*)::integer as offences
from crime_events as events
left join small_area on small_area.code = events.lsoa
where
    list_contains($codes, events.offence_code)
    and events.time_from is not null
    and case $level when 'force' then events.force else small_area.local_authority_code end = $place
group by all
order by all
