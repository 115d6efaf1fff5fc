-- grain: one row per month that the categories were counted in, London or one borough; a month without an offence is a zero
-- Knife crime comes from its own table, where it is counted for boroughs and again for wards.
with counted as (
    select category, borough_code, month, offences from london_borough_offences
    union all
    select subtype, area_code, month, offences
    from london_knife_crime_count
    where area_kind = 'local_authority' and measure = 'Offences'
),
wanted as (
    select * from counted where category in (select unnest($categories))
),
months as (
    select unnest(generate_series(min(month), max(month), interval 1 month))::date as month
    from wanted
)
select
    month,
    coalesce(
        sum(offences) filter (where $borough is null or borough_code = $borough), 0
    )::integer as offences
from months
left join wanted using (month)
group by month
order by month
