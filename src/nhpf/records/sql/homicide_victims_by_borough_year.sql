-- grain: one row per calendar year, homicide victims in one London borough, 2003 to 2023
-- takes: borough
select year, victims
from homicide_victims_by_borough_year
join area on area.name = borough and area.kind = 'local_authority'
where area.code = $borough
order by year
