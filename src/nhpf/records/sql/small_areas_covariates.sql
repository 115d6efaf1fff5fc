-- grain: one row per small area (LSOA of 2021) of one police force area in the order of their codes, with what is known of the place; deprivation is blank in Wales
-- takes: force
select
    held.code,
    held.code as name,
    small_area.local_authority_code as borough_code,
    held.residents,
    held.easting as x,
    held.northing as y,
    held.residents / held.hectares as density,
    held.share_young as young,
    held.income_score as income,
    held.employment_score as employment,
    held.education_score as education,
    held.health_score as health,
    held.barriers_score as barriers,
    held.environment_score as environment
from small_area_covariate as held
join small_area on small_area.code = held.code
where small_area.force_code = $force
order by held.code
