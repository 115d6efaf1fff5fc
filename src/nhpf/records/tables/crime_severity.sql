-- grain: one row per nation, region or force, offence group and year ending March with a score
-- unit: score
-- from: force_severity
-- The year labels hold a line break and a footnote mark, so the year comes from year_ending.
select
    trim(code) as area_code,
    offence_group,
    year(year_ending::date)::integer as year_ending_march,
    severity_score::double as score
from force_severity
where severity_score <> ':'
order by offence_group, area_code, year_ending_march
