-- grain: one row per method of killing and year ending March, England and Wales, by sex of the victim
select
    year_ending_march,
    method,
    sum(homicides)::integer as homicides,
    coalesce(sum(homicides) filter (sex = 'male'), 0)::integer as male,
    coalesce(sum(homicides) filter (sex = 'female'), 0)::integer as female
from national_homicide_method
group by all
order by year_ending_march, method
