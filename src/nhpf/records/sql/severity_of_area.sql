-- grain: one row per year ending March, offence group, and area or nation; the Crime Severity Score
select
    area_code = $area as is_area,
    offence_group,
    year_ending_march,
    score
from crime_severity
where area_code in ($area, 'K04000001')
order by offence_group, is_area, year_ending_march
