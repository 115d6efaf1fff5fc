-- grain: one row per London borough in the order of their codes; offences of one category in the months given, zeros included
-- takes: category, first, last
select
    area.code,
    area.name,
    coalesce(sum(offences), 0)::integer as offences
from area
left join london_borough_offences as held
    on held.borough_code = area.code
    and held.category = $category
    and held.month between $first::date and $last::date
where area.parent_code = 'E23000001'
group by all
order by area.code
