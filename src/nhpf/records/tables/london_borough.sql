-- grain: one row per London borough, and the City of London
-- unit: local authority
-- from: lookup_local_authority_to_force
select distinct ltla24_code as code, ltla24_name as name, pfa24_code as force_code
from lookup_local_authority_to_force
where ltla24_code like 'E09%'
order by code
