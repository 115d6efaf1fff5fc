-- grain: one row per calendar year, solved or not, London, 2003 to 2021; a blank count is withheld
select *
from homicide_victims_by_solved_year
order by all
