-- grain: one row per nation, force and local authority in the order of their codes; residents of mid-2020
with people as (
    select area.code, area.parent_code, sum(residents)::integer as residents
    from population
    join area on area.code = population.area_code
    group by all
)
select code, residents from people
union all
select parent_code, sum(residents)::integer from people group by all
union all
select 'K04000001', sum(residents)::integer from people
order by code
