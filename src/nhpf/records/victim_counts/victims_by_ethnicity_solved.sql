-- grain: one row per ethnicity as officers saw it, solved or not, London, January 2003 to June 2022 pooled
-- policy: homicide_attribute
-- totals: ethnicity | solved
with grouped as (select ethnicity, solved_status as solved from cases)
select groups.ethnicity, kinds.solved, count(grouped.solved)::integer as victims
from (select distinct ethnicity from grouped) as groups
cross join (select distinct solved from grouped) as kinds
left join grouped using (ethnicity, solved)
group by all
order by groups.ethnicity, kinds.solved
