-- grain: one row per ward of the Metropolitan Police area, boundaries of May 2022, with residents
-- unit: ward
-- from: london_ward_offences_historical, lookup_small_areas, census_residents_lsoa, deprivation_lsoa
with small_areas as (
    -- An area in several community safety partnerships has several rows: keep one.
    select distinct lsoa21_code, ward24_code, ltla24_code from lookup_small_areas
),
residents as (
    select
        ward24_code as code,
        any_value(ltla24_code) as borough_code,
        sum(residents)::integer as residents,
        sum(imd_score * residents) / sum(residents) as imd_score
    from small_areas
    join census_residents_lsoa using (lsoa21_code)
    left join deprivation_lsoa using (lsoa21_code)
    group by ward24_code
)
select wards.code, wards.name, residents.borough_code, residents.residents, residents.imd_score
from (
    select distinct trim(wardcode) as code, trim(wardname) as name
    from london_ward_offences_historical
) as wards
left join residents using (code)
order by wards.code
