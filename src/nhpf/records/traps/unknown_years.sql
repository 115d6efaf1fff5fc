-- grain: one row for the whole file
-- tables: national_homicide_recorded
-- says: The series has {blank} year without a figure, 1939. It is shown as not known, not as zero.
select count(*) as blank
from national_homicide_recorded
where homicides is null
