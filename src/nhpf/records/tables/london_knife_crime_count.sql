-- grain: one row per borough or ward (or neither known), subtype, measure and month with at least one offence; no row is a zero
-- unit: offence
-- from: london_knife_crime
-- Wards and boroughs hold the same offences: one kind of area is chosen, never both added.
select
    case area_type when 'Borough' then 'local_authority' else 'ward' end as area_kind,
    case when regexp_full_match(trim(area_code), 'E0[59][0-9]{6}') then trim(area_code) end as area_code,
    crime_subtype as subtype,
    measure,
    month_year::date as month,
    sum(count)::integer as offences
from london_knife_crime
where count > 0
group by all
order by area_kind, subtype, measure, month, area_code
