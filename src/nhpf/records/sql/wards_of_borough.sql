-- grain: one row per ward of one London borough in the order of their names, with its outline
-- takes: borough
select
    ward.code, ward.name, ward.residents, outline.path, left_x, top_y, right_x, bottom_y
from ward
join outline on outline.kind = 'ward' and outline.code = ward.code
where ward.borough_code = $borough
order by ward.name, ward.code
