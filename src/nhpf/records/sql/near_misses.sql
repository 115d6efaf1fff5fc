-- grain: one row per month and Home Office offence code of the near misses recorded in a place (a force or a local authority, as $level says)
-- needs: crime_events
-- takes: codes, level, place
select
    events.month,
    events.offence_code as code,
    count(*)::integer as offences
from crime_events as events
left join small_area on small_area.code = events.lsoa
where
    list_contains($codes, events.offence_code)
    and case $level when 'force' then events.force else small_area.local_authority_code end = $place
group by all
order by all
