-- grain: one row per ward, category of offence and month with at least one offence; no row is a zero
-- unit: offence
-- from: london_ward_offences_historical, london_ward_offences_current
with monthly as (
    unpivot london_ward_offences_historical on columns('^[0-9]{6}$') into name month value offences
    union all by name
    -- The current file's first month is a stub, so months to February 2024 come from the other file.
    select * from (
        unpivot london_ward_offences_current on columns('^[0-9]{6}$') into name month value offences
    ) where month > '202402'
)
select
    trim(minortext) as category,
    trim(majortext) as category_group,
    trim(wardcode) as ward_code,
    strptime(month, '%Y%m')::date as month,
    -- Heathrow Villages is split between its borough and aviation security: one ward all the same.
    sum(offences)::integer as offences
from monthly
where offences > 0
group by all
order by category, month, ward_code
