-- grain: one row per three calendar years, solved or not, London, 2003 to June 2022; a blank count is withheld
-- unit: homicide
-- from: victims_by_solved_period
select
    period,
    solved,
    try_cast(victims as integer) as victims,
    coalesce(withheld, '') as withheld
from victims_by_solved_period
order by all
