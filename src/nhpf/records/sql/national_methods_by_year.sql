-- grain: one row per method of killing and year ending March, England and Wales
select year_ending_march, method, sum(homicides)::integer as homicides
from national_homicide_method
group by all
order by year_ending_march, method
