-- grain: one row per year ending March and offence group of the ONS Crime Severity Score of one area
-- takes: area
select year_ending_march, offence_group, score
from crime_severity
where area_code = $area
order by offence_group, year_ending_march
