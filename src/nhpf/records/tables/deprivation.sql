-- grain: one row per local authority of England, English Indices of Deprivation 2025
-- unit: area
-- from: deprivation_local_authority
-- The publisher's ranks are left out: no area is put in an order here.
select
    ltla24_code as area_code,
    imd_average_score::double as imd_average_score,
    imd_proportion_of_lso_as_in_most_deprived_10_percent_nationally::double as share_in_most_deprived_tenth,
    income_average_score::double as income_average_score,
    employment_average_score::double as employment_average_score
from deprivation_local_authority
order by area_code
