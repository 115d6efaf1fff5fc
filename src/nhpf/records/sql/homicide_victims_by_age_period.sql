-- grain: one row per three calendar years and age group, London, 2003 to 2023; a blank count is withheld
select *
from homicide_victims_by_age_period
order by all
