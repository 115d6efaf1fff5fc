-- grain: one row per force, year ending March, reason for the search and ethnic group as the person said it
-- unit: search
-- from: stop_searches_source, area_name
select
    area_name.code as force_code,
    force_name,
    year(year_ending)::integer as year_ending_march,
    reason,
    ethnic_group,
    searches,
    arrests
from stop_searches_source
left join area_name on area_name.name = force_name and area_name.code[2:3] in ('23', '15')
order by year_ending_march, force_name, reason, ethnic_group
