-- grain: one row for both files
-- tables: london_ward_offences, london_borough_offences
-- says: The borough files hold {homicides} more homicides than the ward files: {before} to February 2024 and {since} since then have no ward. They count for London and for no ward.
with differences as (
    select month, offences from london_borough_offences where category = 'HOMICIDE'
    union all
    select month, -offences from london_ward_offences where category = 'HOMICIDE'
)
select
    sum(offences)::bigint as homicides,
    sum(offences) filter (where month < date '2024-03-01')::bigint as before,
    sum(offences) filter (where month >= date '2024-03-01')::bigint as since
from differences
