-- grain: one row per local authority and category in small letters of the counts imported for the latest 36 months, of the categories given; an authority with a withheld count has none
-- needs: area_month_counts
-- takes: categories
with counts as (
    select area, lower(category) as category, period, coalesce(months, 1) as months, "count"
    from area_month_counts
    where
        area_kind = 'local authority'
        and list_contains($categories, lower(category))
        and coalesce(measure, 'offences') = 'offences'
        and breakdown is null
),
latest as (
    select max(period) as last from counts
)
select
    counts.area as place,
    counts.category,
    '' as code,
    min(counts.period) as first,
    max(counts.period + to_months(counts.months::integer - 1))::date as last,
    sum(counts."count")::integer as offences
from counts
cross join latest
where counts.period > latest.last - interval 36 month
group by counts.area, counts.category
having count(*) = count(counts."count")
order by all
