-- grain: one row per calendar year of the totals that the strategy quotes, England and Wales
select period_end as year, value::integer as homicides, vintage, source, address, note
from published_figure
where source_id = 'S_SEED'
order by year
