-- grain: one row per ward in the order of their codes (always 679); offences of one category in the months given, zeros included
-- takes: category, first, last
select
    ward.code,
    ward.borough_code,
    ward.residents,
    coalesce(sum(offences), 0)::integer as offences
from ward
left join london_ward_offences as held
    on held.ward_code = ward.code
    and held.category = $category
    and held.month between $first::date and $last::date
group by all
order by ward.code
