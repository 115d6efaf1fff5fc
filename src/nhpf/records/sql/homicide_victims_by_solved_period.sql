-- grain: one row per three calendar years, solved or not, London, 2003 to June 2022; a blank count is withheld
select *
from homicide_victims_by_solved_period
order by all
