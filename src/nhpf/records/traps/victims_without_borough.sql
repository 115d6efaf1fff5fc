-- grain: one row for the whole table
-- tables: homicide_victims_by_borough_year
-- says: {unmapped} victims have no borough in the file. Boroughs come from the file to March 2024, because the file to June 2022 puts far more victims under one borough than recorded crime does.
select sum(victims) filter (where borough = 'Unmapped')::bigint as unmapped
from homicide_victims_by_borough_year
