-- grain: one row per year of homicides recorded by the police in England and Wales, with residents; a blank is not known
select year, kind, homicides, residents
from national_homicide_recorded
order by year
