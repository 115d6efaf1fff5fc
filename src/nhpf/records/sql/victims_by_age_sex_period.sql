-- grain: one row per pooled period, age group and sex, London; homicide victims, blank where withheld
select period, age_group, sex, victims, withheld
from homicide_victims_by_age_sex_period
order by period, age_group, sex
