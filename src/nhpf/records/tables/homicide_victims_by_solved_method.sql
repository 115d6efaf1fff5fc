-- grain: one row per method, solved or not, London, January 2003 to June 2022 pooled; a blank count is withheld
-- unit: homicide
-- from: victims_by_solved_method
select
    method,
    solved,
    try_cast(victims as integer) as victims,
    coalesce(withheld, '') as withheld
from victims_by_solved_method
order by all
