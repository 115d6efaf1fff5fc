-- grain: one row per calendar year, solved or not, London; homicide victims, blank where withheld
select year::varchar as period, solved as category, victims, withheld
from homicide_victims_by_solved_year
order by period, category
