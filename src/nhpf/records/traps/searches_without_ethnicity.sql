-- grain: one row for the whole table
-- tables: stop_search
-- says: {unstated} of {searches} searches have no ethnic group stated by the person searched, or were of a vehicle alone. They are shown as such and are in no group.
select
    sum(searches) filter (where ethnic_group in ('Not stated', 'Vehicle only'))::bigint as unstated,
    sum(searches)::bigint as searches
from stop_search
