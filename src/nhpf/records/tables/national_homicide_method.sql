-- grain: one row per method of killing, sex of the victim and year ending March, England and Wales
-- unit: homicide
-- from: homicide_methods
-- The file dates each year 1 April, but its totals are those published for the year that ENDS in
-- that year's March (729 for 2008, 726 and 285 with a sharp instrument for 2018).
select
    method,
    sex,
    year(date::date)::integer as year_ending_march,
    count::integer as homicides
from homicide_methods
order by year_ending_march, method, sex
