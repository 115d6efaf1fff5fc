-- grain: one row for the whole file
-- tables: area, ward
-- says: The look-up has {rows} rows for {authorities} local authorities, because {several} of them hold more than one community safety partnership. Each is counted once.
select
    count(*) as rows,
    count(distinct ltla24_code) as authorities,
    (
        select count(*)
        from (
            select ltla24_code from lookup_local_authority_to_force
            group by ltla24_code having count(*) > 1
        )
    ) as several
from lookup_local_authority_to_force
