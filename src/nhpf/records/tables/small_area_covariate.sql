-- grain: one row per small area (LSOA) of 2021, England and Wales, with what is known of the place; deprivation is blank in Wales
-- unit: area
-- from: census_residents_lsoa, deprivation_lsoa, young_residents_lsoa, lookup_2011_to_2021, small_area_points_source
-- The crime domain of deprivation is made from recorded crime and is not here.
with pairs as (
    -- An area of 2011 that was split gives its parts their share of residents in 2021.
    select
        lsoa11_code,
        lsoa21_code,
        residents / sum(residents) over (partition by lsoa11_code) as share
    from lookup_2011_to_2021
    join census_residents_lsoa using (lsoa21_code)
),
ages as (
    select lsoa21_code, sum(aged_15_to_24 * share) / sum(residents * share) as share_young
    from pairs
    join young_residents_lsoa using (lsoa11_code)
    group by lsoa21_code
)
select
    lsoa21_code as code,
    census.residents,
    ages.share_young,
    points.easting,
    points.northing,
    points.hectares,
    deprivation.income_score,
    deprivation.employment_score,
    deprivation.education_score,
    deprivation.health_score,
    deprivation.barriers_score,
    deprivation.environment_score
from census_residents_lsoa as census
join small_area_points_source as points using (lsoa21_code)
left join ages using (lsoa21_code)
left join deprivation_lsoa as deprivation using (lsoa21_code)
order by code
