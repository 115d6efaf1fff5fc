-- grain: one row per force and subgroup of offence, year ending March 2019
-- unit: offence
-- from: force_offences, area_name
-- British Transport Police covers no area, so it has no code and stays in the national total.
select area_name.code as force_code, force_name, category, offences::integer as offences
from (
    unpivot force_offences on columns(* exclude (force_name)) into name category value offences
)
left join area_name on area_name.name = force_name and area_name.code[2:3] in ('23', '15')
order by category, force_name
