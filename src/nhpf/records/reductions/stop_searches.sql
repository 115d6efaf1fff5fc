-- grain: one row per year, force, reason and ethnic group as the person said it
-- reads: data/uk_force_and_national_tables/search_arrests_data.csv.gz
-- writes: stop_searches_by_force.parquet
select
    year_ending::date as year_ending,
    force_name,
    reason_for_search_arrest as reason,
    ethnic_group_self_defined as ethnic_group,
    sum(nullif(searches, 'NA')::integer)::integer as searches,
    sum(nullif(resultant_arrests, 'NA')::integer)::integer as arrests
from source
where searches <> 'NA'
group by all
having sum(nullif(searches, 'NA')::integer) > 0
order by all
