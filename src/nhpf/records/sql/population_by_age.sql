-- grain: one row per single year of age (90 stands for 90 and over) of one nation, force or local authority, mid-2020
-- takes: area
select age, sum(residents)::integer as residents
from population
join area on area.code = population.area_code
where $area = area.code or $area = area.parent_code or $area = 'K04000001'
group by all
order by age
