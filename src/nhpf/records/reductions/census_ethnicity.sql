-- grain: one row per local authority of 2021 and ethnic group of the census
-- reads: data/uk_small_area_covariates/ethnicity2021_ltla21.csv.gz
-- writes: census2021_ethnicity_ltla21.parquet
select
    ltla21_code,
    trim(split_part(ethnic_group, ':', 1)) as ethnic_group,
    regexp_replace(trim(split_part(ethnic_group, ':', 2)), ' +\(number\)$', '') as ethnicity,
    value::double::integer as residents
from source
where ethnic_group like '%(number)'
order by ltla21_code, ethnic_group, ethnicity
