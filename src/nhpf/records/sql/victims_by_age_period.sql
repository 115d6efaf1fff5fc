-- grain: one row per pooled period and age group, London; homicide victims, blank where withheld
select period, age_group as category, victims, withheld
from homicide_victims_by_age_period
order by period, category
