-- grain: one row per small area (LSOA) of 2021, with the ward, local authority and force area of 2024 that it lies in
-- unit: area
-- from: lookup_small_areas
-- An area in several community safety partnerships has several rows: keep one.
select distinct
    lsoa21_code as code,
    ward24_code as ward_code,
    ltla24_code as local_authority_code,
    pfa24_code as force_code
from lookup_small_areas
order by code
