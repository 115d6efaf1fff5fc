-- grain: one row for the whole file
-- tables: london_knife_crime_count
-- says: In {padded} of {rows} rows of the knife crime file the area code ends with a blank. Codes are trimmed, so that no row is lost when wards are matched.
select
    count(*) filter (where area_code like '% ') as padded,
    count(*) as rows
from london_knife_crime
