-- grain: one row for the whole file
-- tables: london_ward_offences
-- says: There are {wards} wards. The {without} that have no row for homicide had none recorded: they count as zero.
select
    count(*) as wards,
    count(*) filter (
        where code not in (select ward_code from london_ward_offences where category = 'HOMICIDE')
    ) as without
from ward
