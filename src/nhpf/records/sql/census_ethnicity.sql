-- grain: one row per broad ethnic group of one nation, force or local authority, Census 2021
-- takes: area
select ethnic_group, sum(residents)::integer as residents
from census_ethnicity
join area on area.code = census_ethnicity.area_code
where $area = area.code or $area = area.parent_code or $area = 'K04000001'
group by all
order by ethnic_group
