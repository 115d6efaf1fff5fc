-- grain: one row per ethnic group as the person searched said it, one force or England and Wales, latest year ending March
-- takes: area
select
    ethnic_group,
    sum(searches)::integer as searches,
    max(year_ending_march)::integer as year_ending_march
from stop_search
where
    year_ending_march = (select max(year_ending_march) from stop_search)
    and ($area = force_code or $area = 'K04000001')
group by all
order by ethnic_group
