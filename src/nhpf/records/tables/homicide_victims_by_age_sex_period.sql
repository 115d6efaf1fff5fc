-- grain: one row per seven calendar years, age group and sex, London, 2003 to 2023; a blank count is withheld
-- unit: homicide
-- from: victims_by_age_sex_period
select
    period,
    age_group,
    sex,
    try_cast(victims as integer) as victims,
    coalesce(withheld, '') as withheld
from victims_by_age_sex_period
order by all
