-- grain: one row per ward of a London borough, by name; offences of one category in a period, residents and outline
with counted as (
    select ward_code, sum(offences) as offences
    from london_ward_offences
    where category = $category and month between $first and $last
    group by ward_code
)
select
    ward.code,
    ward.name,
    ward.residents,
    coalesce(counted.offences, 0)::integer as offences,
    outline.path,
    outline.left_x,
    outline.top_y,
    outline.right_x,
    outline.bottom_y
from ward
left join counted on counted.ward_code = ward.code
join outline on outline.kind = 'ward' and outline.code = ward.code
where ward.borough_code = $borough
order by ward.name, ward.code
