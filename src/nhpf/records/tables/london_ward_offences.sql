-- grain: one row per ward, category of offence and month with at least one offence; no row is a zero
-- unit: offence
-- from: london_ward_offences_historical, london_ward_offences_current
-- Heathrow Villages stands in two rows, its borough and aviation security: one ward all the same.
with historical as (
    select
        trim(minortext) as category,
        trim(majortext) as category_group,
        trim(wardcode) as ward_code,
        sum(columns('^[0-9]{6}$'))::integer
    from london_ward_offences_historical
    group by all
),
-- The current file's first month is a stub, so months to February 2024 come from the other file.
recent as (
    select
        trim(minortext) as category,
        trim(majortext) as category_group,
        trim(wardcode) as ward_code,
        sum(columns('^[0-9]{6}$'))::integer
    from (select * exclude ("202402") from london_ward_offences_current)
    group by all
),
-- Sorted while a row still holds all its months: the long table comes out in this order.
monthly as (
    select *
    from historical
    full join recent using (category, category_group, ward_code)
    order by category, ward_code
)
select category, category_group, ward_code, strptime(month, '%Y%m')::date as month, offences
from (unpivot monthly on columns('^[0-9]{6}$') into name month value offences)
where offences > 0
