-- grain: one row per month of one category of offence in the borough files, all of the Metropolitan Police, zeros included
-- takes: category
select months.month, coalesce(sum(offences), 0)::integer as offences
from (select distinct month from london_borough_offences) as months
left join london_borough_offences as held
    on held.month = months.month and held.category = $category
group by all
order by months.month
