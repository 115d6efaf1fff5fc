-- grain: one row per ward of the Metropolitan Police area; the boundaries of May 2022
-- unit: ward
-- from: london_ward_offences_historical, london_ward_offences_current, london_borough
with named as (
    select trim(wardcode) as code, trim(wardname) as name, trim(lookup_boroughname) as borough
    from london_ward_offences_historical
    union
    select trim(wardcode), trim(wardname), trim(lookup_boroughname)
    from london_ward_offences_current
)
select named.code, named.name, london_borough.code as borough_code
from named
join london_borough on london_borough.name = named.borough
order by named.code
