-- grain: one row per place (a force or a local authority, as $level says) and sub-type in the years $first to $last, with all victims and those where alcohol, drugs or a sharp instrument is recorded, and where each is known
-- needs: homicide_cases
-- takes: first, last, level
select
    case $level when 'force' then force else local_authority end as place,
    homicide_subtype(victim_age_band, victim_sex, domestic, place_type) as subtype,
    sum(coalesce(victims, 1))::integer as victims,
    coalesce(sum(coalesce(victims, 1)) filter (alcohol_related = 'yes'), 0)::integer as alcohol,
    coalesce(sum(coalesce(victims, 1)) filter (alcohol_related in ('yes', 'no')), 0)::integer as alcohol_known,
    coalesce(sum(coalesce(victims, 1)) filter (drug_related = 'yes'), 0)::integer as drugs,
    coalesce(sum(coalesce(victims, 1)) filter (drug_related in ('yes', 'no')), 0)::integer as drugs_known,
    coalesce(sum(coalesce(victims, 1)) filter (method = 'sharp instrument'), 0)::integer as sharp,
    coalesce(sum(coalesce(victims, 1)) filter (method <> 'not known'), 0)::integer as sharp_known
from homicide_cases
where
    year(recorded_month) between $first and $last
    and case $level when 'force' then force else local_authority end is not null
group by all
order by all
