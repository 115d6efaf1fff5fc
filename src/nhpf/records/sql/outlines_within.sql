-- grain: one row per local authority of one force in the order of their codes, with its outline
-- takes: force
select
    outline.code, area.name, outline.path, left_x, top_y, right_x, bottom_y, label_x, label_y
from outline
join area on area.code = outline.code
where outline.kind = 'local_authority' and area.parent_code = $force
order by outline.code
