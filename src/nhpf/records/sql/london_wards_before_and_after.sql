-- grain: one row per ward of the Metropolitan Police, by code; offences of one category in a period, homicides in a later one
-- Knife crime comes from its own table; a ward without a row is a zero.
with earlier as (
    select ward_code, sum(offences) as offences
    from london_ward_offences
    where category = $category and month between $first and $last
    group by ward_code
    union all
    select area_code, sum(offences)
    from london_knife_crime_count
    where
        subtype = $category
        and area_kind = 'ward'
        and measure = 'Offences'
        and month between $first and $last
    group by area_code
),
later as (
    select ward_code, sum(offences) as homicides
    from london_ward_offences
    where category = 'HOMICIDE' and month between $first_after and $last_after
    group by ward_code
)
select
    ward.code,
    coalesce(any_value(earlier.offences), 0)::integer as offences,
    coalesce(any_value(later.homicides), 0)::integer as homicides
from ward
left join earlier on earlier.ward_code = ward.code
left join later on later.ward_code = ward.code
group by ward.code
order by ward.code
