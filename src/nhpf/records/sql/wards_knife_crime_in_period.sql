-- grain: one row per ward in the order of their codes (always 679); knife offences of one subtype in the months given, zeros included
-- takes: subtype, first, last
select
    ward.code,
    ward.borough_code,
    ward.residents,
    coalesce(sum(offences), 0)::integer as offences
from ward
left join london_knife_crime_count as held
    on held.area_code = ward.code
    and held.area_kind = 'ward'
    and held.measure = 'Offences'
    and held.subtype = $subtype
    and held.month between $first::date and $last::date
group by all
order by ward.code
