-- grain: one row per breakdown and category of the near misses recorded in a place (a force or a local authority, as $level says); what is blank is not known
-- needs: crime_events
-- takes: codes, level, place
with events as (
    select
        coalesce(place_type, 'not known') as place_type,
        coalesce(method, 'not known') as method,
        coalesce(victim_sex, 'not known') as victim_sex,
        coalesce(domestic, 'not known') as domestic
    from crime_events
    left join small_area on small_area.code = crime_events.lsoa
    where
        list_contains($codes, offence_code)
        and case $level when 'force' then force else small_area.local_authority_code end = $place
)
select breakdown, category, count(*)::integer as offences
from (unpivot events on columns(*) into name breakdown value category)
group by all
order by all
