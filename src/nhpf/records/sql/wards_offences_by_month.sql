-- grain: one row per ward (numbered from 0 in the order of their codes) and month from the first one given, with at least one offence of the categories
-- takes: categories, first
with numbered as (
    select code, row_number() over (order by code) - 1 as ward from ward
)
select
    numbered.ward::integer as ward,
    month,
    sum(offences)::integer as offences
from london_ward_offences
join numbered on numbered.code = ward_code
where list_contains($categories, category) and month >= $first::date
group by all
order by ward, month
