-- grain: one row per month and kind of weapon of the hospital attendances after assault in a place (a force area or a local authority, as $level says)
-- needs: hospital_assaults
-- takes: level, place
select
    date_trunc('month', assault_time)::date as month,
    assault_method as weapon,
    count(*)::integer as attendances
from hospital_assaults
join small_area on small_area.code = hospital_assaults.lsoa
where
    case $level when 'force' then small_area.force_code else small_area.local_authority_code end
    = $place
group by all
order by all
