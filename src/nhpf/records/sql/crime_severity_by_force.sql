-- grain: one row per police force and year ending March, ONS Crime Severity Score of violence against the person, in the order of the forces' names
select area.code, area.name, crime_severity.year_ending_march, crime_severity.score
from crime_severity
join area on area.code = crime_severity.area_code
where area.kind = 'force' and crime_severity.offence_group = 'Violence against the person'
order by area.name, crime_severity.year_ending_march
