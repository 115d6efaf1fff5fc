-- grain: one row per calendar year and method in three groups, London, 2003 to 2023
-- policy: homicide_attribute
-- totals: year | period, method
with grouped as (
    select
        year,
        case
            when method_of_killing in ('Knife or Sharp Implement', 'Shooting') then method_of_killing
            else 'Any other or not known'
        end as method
    from cases_to_2024
    where year < 2024
)
select years.year, three_years(years.year) as period, methods.method, count(grouped.year)::integer as victims
from (select distinct year from grouped) as years
cross join (select distinct method from grouped) as methods
left join grouped using (year, method)
group by all
order by years.year, methods.method
