-- grain: one row for the whole file
-- tables: london_ward_offences
-- says: The month February 2024 in the current ward file is a stub of {offences} offences and {homicides} homicides. It is set aside; that month comes from the historical file.
select
    sum("202402")::bigint as offences,
    coalesce(sum("202402") filter (where minortext = 'HOMICIDE'), 0)::bigint as homicides
from london_ward_offences_current
