-- grain: one row per calendar year of one London borough; homicide victims in the victims file, blank where withheld
select year, victims, withheld
from homicide_victims_by_borough_year
where borough = $borough
order by year
