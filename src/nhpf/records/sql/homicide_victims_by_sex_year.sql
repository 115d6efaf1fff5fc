-- grain: one row per calendar year and sex, London, 2003 to 2023; a blank count is withheld
select *
from homicide_victims_by_sex_year
order by all
