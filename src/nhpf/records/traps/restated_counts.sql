-- grain: one row for the whole file
-- tables: london_ward_offences, london_borough_offences
-- says: The {months} months since March 2024 come from files that are re-stated at each refresh: their counts can still change.
select count(distinct month) as months
from london_borough_offences
where month >= date '2024-03-01'
