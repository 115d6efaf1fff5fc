-- grain: one row per ethnicity as officers saw it, method in three groups, solved or not, London, January 2003 to June 2022 pooled; a blank count is withheld
-- unit: homicide
-- from: victims_by_ethnicity_method_solved
select
    ethnicity,
    method,
    solved,
    try_cast(victims as integer) as victims,
    coalesce(withheld, '') as withheld
from victims_by_ethnicity_method_solved
order by all
