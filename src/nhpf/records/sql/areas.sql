-- grain: one row per nation, police force area and local authority of England and Wales
select code, name, kind, coalesce(parent_code, '') as parent
from area
order by code
