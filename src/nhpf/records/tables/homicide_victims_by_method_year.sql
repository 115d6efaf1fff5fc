-- grain: one row per calendar year and method in three groups, London, 2003 to 2023; a blank count is withheld
-- unit: homicide
-- from: victims_by_method_year
select
    year::integer as year,
    period,
    method,
    try_cast(victims as integer) as victims,
    coalesce(withheld, '') as withheld
from victims_by_method_year
order by all
