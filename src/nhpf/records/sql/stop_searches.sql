-- grain: one row per ethnic group as the person said it; searches by one force in one year ending March, all reasons
-- takes: force, year
select ethnic_group, sum(searches)::integer as searches, sum(arrests)::integer as arrests
from stop_search
where force_code = $force and year_ending_march = $year
group by all
order by ethnic_group
