-- grain: one row per lower layer super output area of 2021, England and Wales
-- reads: data/uk_small_area_covariates/census2021_lsoa21.parquet
-- writes: census2021_residents_lsoa21.parquet
select lsoa21_code, total_residents::integer as residents
from source
order by lsoa21_code
