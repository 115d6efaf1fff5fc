-- grain: one row per name in common use and area that it may mean
-- unit: name
-- from: area_names, area
select distinct area_names.name, area.code
from area_names
join area on area.code = area_names.code
order by area_names.name, area.code
