-- grain: one row per pair of lower layer super output areas of 2011 and of 2021 that share ground, England and Wales
-- reads: data/uk_geography/lookup_lsoa11_lsoa21.csv.gz
-- writes: lookup_lsoa11_lsoa21.parquet
select lsoa11_code, lsoa21_code, change_code
from source
order by lsoa11_code, lsoa21_code
