-- grain: one row per three calendar years and method, London, 2003 to 2023; a blank count is withheld
-- unit: homicide
-- from: victims_by_method_period
select
    period,
    method,
    try_cast(victims as integer) as victims,
    coalesce(withheld, '') as withheld
from victims_by_method_period
order by all
