-- grain: one row per calendar year of one offence group of violence against women and girls, London
-- takes: offence
select
    year(month)::integer as year,
    count(distinct month)::integer as months_with_offences,
    sum(offences)::integer as offences
from london_vawg_offence
where offence = $offence
group by all
order by year
