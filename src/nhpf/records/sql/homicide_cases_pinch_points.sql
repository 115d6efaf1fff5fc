-- grain: one row per place (a force or a local authority, as $level says), relationship, kind of place, circumstance (alcohol, drugs or method) and answer of the homicide cases in the years $first to $last, with victims
-- needs: homicide_cases
-- takes: first, last, level
with cases as (
    select
        case $level when 'force' then force else local_authority end as place,
        coalesce(victims, 1) as victims,
        coalesce(relationship, 'not known') as relationship,
        coalesce(place_type, 'not known') as place_type,
        coalesce(alcohol_related, 'not known') as alcohol,
        coalesce(drug_related, 'not known') as drugs,
        method
    from homicide_cases
    where year(recorded_month) between $first and $last
)
select place, relationship, place_type, circumstance, answer, sum(victims)::integer as victims
from (unpivot cases on alcohol, drugs, method into name circumstance value answer)
where place is not null
group by all
order by all
