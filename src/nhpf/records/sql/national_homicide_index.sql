-- grain: one row per year ending March and vintage of the Homicide Index total, England and Wales
select
    period_end as year_ending_march,
    value::integer as homicides,
    vintage,
    published,
    status,
    source,
    address,
    note,
    published = max(published) over (partition by period_end) as latest
from published_figure
where series = 'Homicide Index, financial year' and category = 'homicide' and unit = 'count'
order by year_ending_march, published
