-- grain: one row per ethnicity as officers saw it, solved or not, London, January 2003 to June 2022 pooled; a blank count is withheld
-- unit: homicide
-- from: victims_by_ethnicity_solved
select
    ethnicity,
    solved,
    try_cast(victims as integer) as victims,
    coalesce(withheld, '') as withheld
from victims_by_ethnicity_solved
order by all
