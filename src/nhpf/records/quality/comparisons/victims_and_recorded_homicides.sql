-- grain: one row per calendar year that both hold whole
-- tables: homicide_victims_by_sex_year, london_borough_offences
-- first: the files of victims
-- second: the recorded offences
-- counts: homicides
-- done: Both are kept and never mixed: each figure names its series.
with victims as (
    select year, sum(victims) as n from homicide_victims_by_sex_year
    group by year having count(victims) = count(*)
),
recorded as (
    select
        year(month)::integer as year,
        sum(offences) filter (where category = 'HOMICIDE') as n
    from london_borough_offences group by all having count(distinct month) = 12
)
select make_date(year, 1, 1) as period, victims.n::bigint as first, recorded.n::bigint as second
from victims join recorded using (year)
order by period
