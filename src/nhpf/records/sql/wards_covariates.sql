-- grain: one row per ward of London in the order of their codes (always 679), with what is known of the place: means over small areas by residents, and a point within the ward
select
    ward.code,
    ward.name,
    ward.borough_code,
    ward.residents,
    any_value(outline.label_x) as x,
    -any_value(outline.label_y) as y,
    ward.residents / sum(held.hectares order by held.code) as density,
    sum(held.share_young * held.residents order by held.code) / sum(held.residents) as young,
    sum(held.income_score * held.residents order by held.code) / sum(held.residents) as income,
    sum(held.employment_score * held.residents order by held.code) / sum(held.residents) as employment,
    sum(held.education_score * held.residents order by held.code) / sum(held.residents) as education,
    sum(held.health_score * held.residents order by held.code) / sum(held.residents) as health,
    sum(held.barriers_score * held.residents order by held.code) / sum(held.residents) as barriers,
    sum(held.environment_score * held.residents order by held.code) / sum(held.residents) as environment
from ward
join outline on outline.kind = 'ward' and outline.code = ward.code
join small_area on small_area.ward_code = ward.code
join small_area_covariate as held on held.code = small_area.code
group by ward.code, ward.name, ward.borough_code, ward.residents
order by ward.code
