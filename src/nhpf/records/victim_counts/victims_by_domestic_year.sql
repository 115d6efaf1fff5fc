-- grain: one row per calendar year, domestic or not, London, 2003 to 2023
-- policy: homicide_attribute
-- totals: year | period, domestic
with grouped as (select year, domestic_abuse as domestic from cases_to_2024 where year < 2024)
select years.year, three_years(years.year) as period, kinds.domestic, count(grouped.year)::integer as victims
from (select distinct year from grouped) as years
cross join (select distinct domestic from grouped) as kinds
left join grouped using (year, domestic)
group by all
order by years.year, kinds.domestic
