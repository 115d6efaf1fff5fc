-- grain: one row per three calendar years and method, London, 2003 to 2023
-- policy: homicide_attribute
-- totals: period | method
with grouped as (
    select three_years(year) as period, method_of_killing as method
    from cases_to_2024
    where year < 2024
)
select periods.period, methods.method, count(grouped.period)::integer as victims
from (select distinct period from grouped) as periods
cross join (select distinct method from grouped) as methods
left join grouped using (period, method)
group by all
order by periods.period, methods.method
