-- grain: one row per calendar year, solved or not, London, 2003 to 2021
-- policy: homicide_attribute
-- totals: year | period, solved
with grouped as (select year, solved_status as solved from cases where year < 2022)
select years.year, three_years(years.year) as period, kinds.solved, count(grouped.year)::integer as victims
from (select distinct year from grouped) as years
cross join (select distinct solved from grouped) as kinds
left join grouped using (year, solved)
group by all
order by years.year, kinds.solved
