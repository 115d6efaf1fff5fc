-- grain: one row per calendar year, domestic or not, London; homicide victims, blank where withheld
select year::varchar as period, domestic as category, victims, withheld
from homicide_victims_by_domestic_year
order by period, category
