-- grain: one row per pooled period and method, London; homicide victims, blank where withheld
select period, method as category, victims, withheld
from homicide_victims_by_method_period
order by period, category
