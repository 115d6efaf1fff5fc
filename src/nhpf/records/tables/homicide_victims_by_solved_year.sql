-- grain: one row per calendar year, solved or not, London, 2003 to 2021; a blank count is withheld
-- unit: homicide
-- from: victims_by_solved_year
select
    year::integer as year,
    period,
    solved,
    try_cast(victims as integer) as victims,
    coalesce(withheld, '') as withheld
from victims_by_solved_year
order by all
