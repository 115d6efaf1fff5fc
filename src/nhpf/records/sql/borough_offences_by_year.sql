-- grain: one row per calendar year of one category of offence in one London borough, zeros included
-- takes: category, borough
select
    years.year,
    years.months,
    coalesce(sum(offences), 0)::integer as offences
from (
    select year(month)::integer as year, count(distinct month)::integer as months
    from london_borough_offences
    group by all
) as years
left join london_borough_offences as held
    on year(held.month) = years.year
    and held.category = $category
    and held.borough_code = $borough
group by all
order by years.year
