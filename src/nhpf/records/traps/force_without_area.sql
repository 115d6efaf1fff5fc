-- grain: one row for the whole file
-- tables: force_offence
-- says: {homicides} homicides were recorded by British Transport Police, which covers no area of its own. They count for England and Wales and for no police force area.
select sum(offences)::bigint as homicides
from force_offence
where force_code is null and category = 'Homicide'
