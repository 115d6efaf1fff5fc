-- grain: one row per ethnic group in Census 2021, one force area; residents
select ethnic_group, sum(residents)::integer as residents
from census_ethnicity
join area on area.code = census_ethnicity.area_code
where area.parent_code = $force
group by ethnic_group
order by ethnic_group
