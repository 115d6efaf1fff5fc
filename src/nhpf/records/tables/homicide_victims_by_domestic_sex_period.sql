-- grain: one row per three calendar years, domestic or not, and sex, London, 2003 to 2023; a blank count is withheld
-- unit: homicide
-- from: victims_by_domestic_sex_period
select
    period,
    domestic,
    sex,
    try_cast(victims as integer) as victims,
    coalesce(withheld, '') as withheld
from victims_by_domestic_sex_period
order by all
