-- grain: one row per London borough of the Metropolitan Police, by name; its outline
select area.code, area.name, outline.path, left_x, top_y, right_x, bottom_y
from area
join outline on outline.kind = 'local_authority' and outline.code = area.code
where area.parent_code = 'E23000001'
order by area.name
