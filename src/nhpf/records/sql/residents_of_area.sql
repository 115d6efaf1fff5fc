-- grain: one row per area asked for: a nation, a force or a local authority; residents in mid-2020
select sum(residents)::integer as residents
from population
join area on area.code = population.area_code
where $area in (area.code, area.parent_code, 'K04000001')
