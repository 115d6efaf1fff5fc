-- grain: one row per lower layer super output area of 2011, England and Wales
-- reads: data/uk_small_area_covariates/population_mid2020_lsoa11_single_year_age.parquet
-- writes: population_mid2020_young_lsoa11.parquet
select
    lsoa11_code,
    total_population::integer as residents,
    (
        "15" + "16" + "17" + "18" + "19" + "20" + "21" + "22" + "23" + "24"
    )::integer as aged_15_to_24
from source
order by lsoa11_code
