-- grain: one row per local authority, month and signature (what a series of deaths by one hand or one failing could have in common) of the homicide cases of a force, with victims
-- needs: homicide_cases
-- takes: force
with cases as (
    select
        local_authority,
        recorded_month as month,
        coalesce(victims, 1) as victims,
        method,
        case
            when victim_age_band in ('under 1', '1 to 4', '5 to 9', '10 to 12', '0 to 12') then 'child aged 12 or under'
            when victim_age_band in ('65 and over', '65 to 74', '75 and over') then 'aged 65 or over'
            when victim_sex in ('female', 'male') then victim_sex || ' aged 13 to 64'
        end as victim
    from homicide_cases
    where force = $force and local_authority is not null
)
select
    local_authority,
    month,
    victim || ', ' || method as signature,
    sum(victims)::integer as victims
from cases
where victim is not null and method <> 'not known'
group by all
order by all
