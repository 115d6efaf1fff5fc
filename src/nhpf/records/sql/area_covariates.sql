-- grain: one row per area of one kind (force or local_authority), in the order of their codes, with what it cannot easily change; a blank is not held
-- takes: kind
with people as (
    select
        area_code,
        sum(residents) as residents,
        sum(residents) filter (age between 15 and 24) as young,
        sum(residents) filter (age >= 65) as old
    from population
    group by all
),
parts as (
    select
        case $kind when 'force' then area.parent_code else area.code end as code,
        people.*,
        -- Decimals add up to the same whatever the order: the same release gives the same bytes.
        deprivation.income_average_score::decimal(9, 6) as income,
        deprivation.share_in_most_deprived_tenth::decimal(9, 6) as deprived
    from area
    join people on people.area_code = area.code
    left join deprivation on deprivation.area_code = area.code
    where area.kind = 'local_authority'
)
select
    area.code,
    area.name,
    sum(parts.residents)::integer as residents,
    (sum(parts.young) / sum(parts.residents))::double as share_young,
    (sum(parts.old) / sum(parts.residents))::double as share_old,
    -- Where one part is not held, the whole is not.
    case when count(*) = count(parts.income)
        then sum(parts.income * parts.residents)::double / sum(parts.residents)::double
    end as income_deprivation,
    case when count(*) = count(parts.deprived)
        then sum(parts.deprived * parts.residents)::double / sum(parts.residents)::double
    end as most_deprived,
    any_value(outline.path) as path
from parts
join area on area.code = parts.code and area.kind = $kind
left join outline on outline.code = parts.code and outline.kind = $kind
group by area.code, area.name
order by area.code
