-- grain: one row per calendar year and method in three groups, London, 2003 to 2023; a blank count is withheld
select *
from homicide_victims_by_method_year
order by all
