-- grain: one row per London borough and calendar year, 2003 to 2023; a blank count is withheld
-- unit: homicide
-- from: victims_by_borough_year
select
    borough,
    year::integer as year,
    try_cast(victims as integer) as victims,
    coalesce(withheld, '') as withheld
from victims_by_borough_year
order by all
