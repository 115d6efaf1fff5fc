-- grain: one row per ward of London in the order of their codes (always 679), with a point within it on the British National Grid
select
    ward.code,
    ward.name,
    ward.borough_code,
    outline.label_x as x,
    -outline.label_y as y
from ward
join outline on outline.kind = 'ward' and outline.code = ward.code
order by ward.code
