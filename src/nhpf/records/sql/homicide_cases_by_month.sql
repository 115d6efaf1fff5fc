-- grain: one row per place (a force or a local authority, as $level says) and month in which homicide cases were recorded, with victims
-- needs: homicide_cases
-- takes: level
select
    case $level when 'force' then force else local_authority end as place,
    recorded_month as month,
    sum(coalesce(victims, 1))::integer as victims
from homicide_cases
where case $level when 'force' then force else local_authority end is not null
group by all
order by all
