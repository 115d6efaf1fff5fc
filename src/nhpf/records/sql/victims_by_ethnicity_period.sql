-- grain: one row per pooled period and ethnicity, London; homicide victims, blank where withheld
select period, ethnicity as category, victims, withheld
from homicide_victims_by_ethnicity_period
order by period, category
