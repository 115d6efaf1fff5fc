-- grain: one row for the whole file
-- tables: london_ward_offences, london_borough_offences, london_knife_crime_count
-- says: The figures cover the {boroughs} boroughs of the Metropolitan Police. The City of London has a force of its own and is not in them.
select count(distinct borough_code) as boroughs
from london_borough_offences
