-- grain: one row per London borough (or no borough), category of offence and month with at least one offence; no row is a zero
-- unit: offence
-- from: london_borough_offences_historical, london_borough_offences_current, area
with monthly as (
    unpivot london_borough_offences_historical on columns('^[0-9]{6}$') into name month value offences
    union all by name
    unpivot london_borough_offences_current on columns('^[0-9]{6}$') into name month value offences
)
select
    trim(minortext) as category,
    trim(majortext) as category_group,
    -- Airports and offences without a known place have no code, and count in London's total.
    area.code as borough_code,
    trim(boroughname) as place,
    strptime(month, '%Y%m')::date as month,
    sum(offences)::integer as offences
from monthly
left join area on area.name = trim(boroughname) and area.kind = 'local_authority'
where offences > 0
group by all
order by category, month, place
