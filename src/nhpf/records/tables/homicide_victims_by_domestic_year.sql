-- grain: one row per calendar year, domestic or not, London, 2003 to 2023; a blank count is withheld
-- unit: homicide
-- from: victims_by_domestic_year
select
    year::integer as year,
    period,
    domestic,
    try_cast(victims as integer) as victims,
    coalesce(withheld, '') as withheld
from victims_by_domestic_year
order by all
