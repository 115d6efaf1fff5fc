-- grain: one row per lower layer super output area of 2021, England
-- reads: data/uk_small_area_covariates/imd2025_england_lsoa21.parquet
-- writes: imd2025_lsoa21.parquet
select lsoa21_code, "IMD_score" as imd_score, "IMD_decile"::integer as imd_decile
from source
order by lsoa21_code
