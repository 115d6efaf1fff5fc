-- grain: one row per area of one kind (ward, local_authority, force) in the order of their codes, with its outline
-- takes: kind
select code, path, left_x, top_y, right_x, bottom_y, label_x, label_y
from outline
where kind = $kind
order by code
