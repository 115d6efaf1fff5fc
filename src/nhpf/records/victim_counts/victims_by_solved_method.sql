-- grain: one row per method, solved or not, London, January 2003 to June 2022 pooled
-- policy: homicide_attribute
-- totals: method | solved
with grouped as (select method_of_killing as method, solved_status as solved from cases)
select methods.method, kinds.solved, count(grouped.method)::integer as victims
from (select distinct method from grouped) as methods
cross join (select distinct solved from grouped) as kinds
left join grouped using (method, solved)
group by all
order by methods.method, kinds.solved
