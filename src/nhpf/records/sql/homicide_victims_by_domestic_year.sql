-- grain: one row per calendar year, domestic or not, London, 2003 to 2023; a blank count is withheld
select *
from homicide_victims_by_domestic_year
order by all
