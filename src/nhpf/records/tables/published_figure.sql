-- grain: one row per published national figure and the vintage that it was read in
-- unit: figure
-- from: published_figures_source
select
    area_code,
    series,
    period,
    period_end::integer as period_end,
    years::integer as years,
    breakdown,
    category,
    value::double as value,
    unit,
    vintage,
    status,
    source_id,
    source,
    publisher,
    published::integer as published,
    address,
    coalesce(note, '') as note
from published_figures_source
order by series, breakdown, category, period_end, published, unit
