-- grain: one row per local authority of 2024 and single year of age, mid-2020
-- unit: resident count
-- from: population_mid2020, local_authority_history
with codes as (select distinct ltla21_code, ltla24_code from local_authority_history)
select
    ltla24_code as area_code,
    -- The last age stands for 90 and over.
    replace(age, '+', '')::integer as age,
    sum(residents::double)::integer as residents
from (
    unpivot population_mid2020
    on columns('^[0-9]+[+]?$') into name age value residents
)
join codes using (ltla21_code)
group by all
order by area_code, age
