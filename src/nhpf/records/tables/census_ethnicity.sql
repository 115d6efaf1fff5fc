-- grain: one row per local authority of 2024 and ethnic group in Census 2021
-- unit: resident count
-- from: census_ethnicity_source, local_authority_history
with codes as (select distinct ltla21_code, ltla24_code from local_authority_history)
select
    ltla24_code as area_code,
    split_part(split_part(ethnic_group, ',', 1), ' ', 1) as ethnic_group,
    ethnicity,
    sum(residents)::integer as residents
from census_ethnicity_source
join codes using (ltla21_code)
group by all
order by area_code, ethnic_group, ethnicity
