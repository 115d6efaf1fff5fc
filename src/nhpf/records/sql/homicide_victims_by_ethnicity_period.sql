-- grain: one row per three calendar years and ethnicity as officers saw it, London, 2003 to 2023; a blank count is withheld
select *
from homicide_victims_by_ethnicity_period
order by all
