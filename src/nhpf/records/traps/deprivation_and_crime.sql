-- grain: one row for the whole table
-- tables: deprivation, ward
-- says: The index of deprivation is itself made in part from recorded crime, and covers the {authorities} local authorities of England only. It describes places; it may not be used to explain their crime.
select count(*) as authorities
from deprivation
