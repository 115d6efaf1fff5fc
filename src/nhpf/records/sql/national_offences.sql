-- grain: one row per subgroup of offence, year ending March 2019, all forces with British Transport Police
select
    category,
    sum(offences)::integer as offences,
    coalesce(sum(offences) filter (force_code is null), 0)::integer as british_transport_police
from force_offence
group by all
order by category
