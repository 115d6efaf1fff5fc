-- grain: one row per ward of London, local authority and police force area; paths in British National Grid metres with y downwards
-- unit: area
-- from: ward_outlines, local_authority_outlines, police_force_outlines
select kind, code, path, left_x, top_y, right_x, bottom_y, label_x, label_y
from outline_shapes
order by kind, code
