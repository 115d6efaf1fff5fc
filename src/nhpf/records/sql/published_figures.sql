-- grain: one row per published national figure and the release that it was read in
select *
from published_figure
order by series, breakdown, category, period_end, published, unit
