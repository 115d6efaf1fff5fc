-- grain: one row per nation, police force area and local authority of England and Wales
-- unit: area
-- from: lookup_local_authority_to_force
-- Seven local authorities hold several community safety partnerships: distinct keeps one row each.
select 'K04000001' as code, 'England and Wales' as name, 'nation' as kind, null as parent_code
union all
select distinct
    pfa24_code,
    case pfa24_name
        when 'London, City of' then 'City of London Police'
        when 'Devon & Cornwall' then 'Devon and Cornwall'
        else pfa24_name
    end,
    'force',
    'K04000001'
from lookup_local_authority_to_force
union all
select distinct ltla24_code, ltla24_name, 'local_authority', pfa24_code
from lookup_local_authority_to_force
order by kind, code
