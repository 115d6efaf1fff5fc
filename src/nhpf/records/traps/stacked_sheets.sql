-- grain: one row for the whole file
-- tables: london_vawg_offence
-- says: The file stacks two sheets that hold the same {offences} offences, by classification and by place ({by_place}). The first alone is used; adding both would double every count.
select
    sum(count) filter (where sheet = 'Offence count classification')::bigint as offences,
    sum(count) filter (where sheet = 'Offence count location')::bigint as by_place
from london_vawg_offences
