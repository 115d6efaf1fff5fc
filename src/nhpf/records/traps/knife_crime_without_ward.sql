-- grain: one row for the whole file
-- tables: london_knife_crime_count
-- says: Of {offences} knife offences, {without} carry no ward: their place is not known, or lies outside the Metropolitan Police area. They count for London and for no ward.
select
    sum(count) filter (where not coalesce(trim(area_code) in (select code from ward), false))::bigint
        as without,
    sum(count)::bigint as offences
from london_knife_crime
where area_type <> 'Borough' and measure = 'Offences' and crime_subtype = 'Knife Crime'
