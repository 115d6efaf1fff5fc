-- grain: one row per ethnicity as officers saw it, method in three groups, solved or not, London, January 2003 to June 2022 pooled
-- policy: homicide_attribute
-- totals: ethnicity, method | ethnicity, solved | method, solved
-- Groups too small to be shown within a method are pooled.
with grouped as (
    select
        case when ethnicity in ('Black', 'White') then ethnicity else 'Any other or not known' end as ethnicity,
        case
            when method_of_killing in ('Knife or Sharp Implement', 'Shooting') then method_of_killing
            else 'Any other or not known'
        end as method,
        solved_status as solved
    from cases
)
select groups.ethnicity, methods.method, kinds.solved, count(grouped.method)::integer as victims
from (select distinct ethnicity from grouped) as groups
cross join (select distinct method from grouped) as methods
cross join (select distinct solved from grouped) as kinds
left join grouped using (ethnicity, method, solved)
group by all
order by groups.ethnicity, methods.method, kinds.solved
