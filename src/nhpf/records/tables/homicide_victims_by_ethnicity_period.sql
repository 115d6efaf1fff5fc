-- grain: one row per three calendar years and ethnicity as officers saw it, London, 2003 to 2023; a blank count is withheld
-- unit: homicide
-- from: victims_by_ethnicity_period
select
    period,
    ethnicity,
    try_cast(victims as integer) as victims,
    coalesce(withheld, '') as withheld
from victims_by_ethnicity_period
order by all
