-- grain: one row per local authority of England but the City of London in the order of their codes, with what is known of the place: means over small areas by residents, and a point within it
select
    area.code,
    area.name,
    area.code as borough_code,
    sum(held.residents)::integer as residents,
    any_value(outline.label_x) as x,
    -any_value(outline.label_y) as y,
    sum(held.residents) / sum(held.hectares order by held.code) as density,
    sum(held.share_young * held.residents order by held.code) / sum(held.residents) as young,
    sum(held.income_score * held.residents order by held.code) / sum(held.residents) as income,
    sum(held.employment_score * held.residents order by held.code) / sum(held.residents) as employment,
    sum(held.education_score * held.residents order by held.code) / sum(held.residents) as education,
    sum(held.health_score * held.residents order by held.code) / sum(held.residents) as health,
    sum(held.barriers_score * held.residents order by held.code) / sum(held.residents) as barriers,
    sum(held.environment_score * held.residents order by held.code) / sum(held.residents) as environment
from area
join outline on outline.kind = 'local_authority' and outline.code = area.code
join small_area on small_area.local_authority_code = area.code
join small_area_covariate as held on held.code = small_area.code
-- So few live in the City of London that rates by residents say nothing of it.
where area.kind = 'local_authority' and held.income_score is not null and area.code <> 'E09000001'
group by area.code, area.name
order by area.code
