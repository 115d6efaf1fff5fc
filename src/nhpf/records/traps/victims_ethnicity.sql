-- grain: one row for the whole table
-- tables: homicide_victims_by_ethnicity_solved, homicide_victims_by_ethnicity_period, homicide_victims_by_ethnicity_method_solved
-- says: Ethnicity is what an officer saw, not what the person said. {pooled} of {victims} victims to June 2022 have another ethnicity or none recorded, and are pooled.
select
    sum(victims) filter (where ethnicity = 'Other or not known')::bigint as pooled,
    sum(victims)::bigint as victims
from homicide_victims_by_ethnicity_solved
