-- grain: one row per three calendar years, domestic or not, and sex, London, 2003 to 2023; a blank count is withheld
select *
from homicide_victims_by_domestic_sex_period
order by all
