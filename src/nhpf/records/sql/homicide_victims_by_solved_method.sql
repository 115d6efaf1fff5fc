-- grain: one row per method, solved or not, London, January 2003 to June 2022 pooled; a blank count is withheld
select *
from homicide_victims_by_solved_method
order by all
