-- grain: one row per place (a force or a local authority, as $level says), year, breakdown and category of homicide cases, with victims; what is blank is not known
-- needs: homicide_cases
-- takes: level
with cases as (
    select
        case $level when 'force' then force else local_authority end as place,
        year(recorded_month)::integer as year,
        coalesce(victims, 1) as victims,
        homicide_subtype(victim_age_band, victim_sex, domestic, place_type) as subtype,
        victim_age_band,
        victim_sex,
        victim_ethnicity,
        domestic,
        relationship,
        place_type,
        method,
        alcohol_related,
        drug_related,
        solved,
        suspect_sex,
        suspect_age_band
    from homicide_cases
),
known as (
    select place, year, victims, coalesce(columns(* exclude (place, year, victims)), 'not known')
    from cases
    where place is not null
)
select place, year, breakdown, category, sum(victims)::integer as victims
from (
    unpivot known
    on columns(* exclude (place, year, victims))
    into name breakdown value category
)
group by all
order by all
