-- grain: one row per ward (numbered from 0 in the order of their codes), category asked for (numbered from 0) and calendar year with at least one offence
-- takes: categories, first_year
with numbered as (
    select code, row_number() over (order by code) - 1 as ward from ward
)
select
    numbered.ward::integer as ward,
    (list_position($categories, category) - 1)::integer as category,
    year(month)::integer as year,
    sum(offences)::integer as offences
from london_ward_offences
join numbered on numbered.code = ward_code
where list_contains($categories, category) and month >= make_date($first_year, 1, 1)
group by all
order by category, year, ward
