-- grain: one row per lower layer super output area of 2021, England
-- reads: data/uk_small_area_covariates/imd2025_england_lsoa21.parquet
-- writes: imd2025_lsoa21.parquet
-- The crime domain is left out: it is made from recorded crime, so crime cannot be set against it.
select
    lsoa21_code,
    "IMD_score" as imd_score,
    "IMD_decile"::integer as imd_decile,
    "Income_score" as income_score,
    "Employment_score" as employment_score,
    "Education_score" as education_score,
    "Health_score" as health_score,
    "Housing_and_Services_score" as barriers_score,
    "Environment_score" as environment_score
from source
order by lsoa21_code
