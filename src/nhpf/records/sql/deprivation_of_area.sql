-- grain: one row for a local authority of England, none elsewhere; Indices of Deprivation 2025
select imd_average_score, share_in_most_deprived_tenth
from deprivation
where area_code = $area
