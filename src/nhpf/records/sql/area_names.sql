-- grain: one row per other name in common use and area that it may mean
select name, code
from area_name
order by name, code
