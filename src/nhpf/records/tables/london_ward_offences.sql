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
recent as (
    select
        trim(minortext) as category,
        trim(majortext) as category_group,
        trim(wardcode) as ward_code,
        sum(columns('^[0-9]{6}$'))::integer
    from london_ward_offences_current
    group by all
),
monthly as (
    unpivot historical on columns('^[0-9]{6}$') into name month value offences
    union all by name
    -- The current file's first month is a stub, so months to February 2024 come from the other file.
    select * from (unpivot recent on columns('^[0-9]{6}$') into name month value offences)
    where month > '202402'
)
select category, category_group, ward_code, strptime(month, '%Y%m')::date as month, offences
from monthly
where offences > 0
order by category, month, ward_code
