-- grain: one row per month of one subtype of knife crime in the Metropolitan Police area
-- takes: subtype
select month, sum(offences)::integer as offences
from london_knife_crime_count
where area_kind = 'local_authority' and measure = 'Offences' and subtype = $subtype
group by all
order by month
