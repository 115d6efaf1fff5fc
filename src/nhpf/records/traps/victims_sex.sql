-- grain: one row for three tables
-- tables: homicide_victims_by_sex_year, homicide_victims_by_age_sex_period, homicide_victims_by_domestic_sex_period
-- says: {victims} victims are shown as female or not recorded: those without a recorded sex are too few to be shown on their own.
select sum(victims)::bigint as victims
from homicide_victims_by_sex_year
where sex = 'Female or not recorded'
