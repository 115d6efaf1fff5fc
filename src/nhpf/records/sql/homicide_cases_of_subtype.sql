-- grain: one row per place (a force or a local authority, as $level says), breakdown and category of the homicide cases of one sub-type in the years $first to $last, with victims; what is blank is not known
-- needs: homicide_cases
-- takes: first, last, level, subtype
with cases as (
    select
        case $level when 'force' then force else local_authority end as place,
        coalesce(victims, 1) as victims,
        year(recorded_month)::varchar as year,
        local_authority,
        victim_age_band,
        relationship,
        place_type,
        method,
        alcohol_related,
        drug_related,
        case when count(*) over (partition by force, case_id) > 1 and case_id is not null
            then 'yes' else 'no'
        end as several_victims
    from homicide_cases
    where
        year(recorded_month) between $first and $last
        and homicide_subtype(victim_age_band, victim_sex, domestic, place_type) = $subtype
),
known as (
    select place, victims, coalesce(columns(* exclude (place, victims)), 'not known')
    from cases
    where place is not null
)
select place, breakdown, category, sum(victims)::integer as victims
from (unpivot known on columns(* exclude (place, victims)) into name breakdown value category)
group by all
order by all
