-- grain: one row for one local authority of England, English Indices of Deprivation 2025; none for Wales
-- takes: area
select imd_average_score, share_in_most_deprived_tenth, income_average_score, employment_average_score
from deprivation
where area_code = $area
