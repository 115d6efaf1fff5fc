-- grain: one row per calendar year and method in three groups, London; homicide victims, blank where withheld
select year::varchar as period, method as category, victims, withheld
from homicide_victims_by_method_year
order by period, category
