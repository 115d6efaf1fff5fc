-- grain: one row per three calendar years and age group, London, 2003 to 2023; a blank count is withheld
-- unit: homicide
-- from: victims_by_age_period
select
    period,
    age_group,
    try_cast(victims as integer) as victims,
    coalesce(withheld, '') as withheld
from victims_by_age_period
order by all
