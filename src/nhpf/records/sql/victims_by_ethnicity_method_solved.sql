-- grain: one row per ethnicity as officers saw it, method and solved or not, London, pooled; homicide victims, blank where withheld
select ethnicity, method, solved, victims, withheld
from homicide_victims_by_ethnicity_method_solved
order by ethnicity, method, solved
