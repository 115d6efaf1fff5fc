-- grain: one row per seven calendar years, age group and sex, London, 2003 to 2023; a blank count is withheld
select *
from homicide_victims_by_age_sex_period
order by all
