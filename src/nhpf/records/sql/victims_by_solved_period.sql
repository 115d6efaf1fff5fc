-- grain: one row per pooled period and solved, London; homicide victims, blank where withheld
select period, solved as category, victims, withheld
from homicide_victims_by_solved_period
order by period, category
