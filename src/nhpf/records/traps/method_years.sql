-- grain: one row for the whole file
-- tables: national_homicide_method
-- says: The file dates each of its {years} years by its April, yet its totals are those published for the year that ends in March of that year ({total} in 2018). Years are labelled by their end.
select
    count(distinct date) as years,
    sum(count::integer) filter (where date[1:4] = '2018')::bigint as total
from homicide_methods
