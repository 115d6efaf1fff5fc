-- grain: one row per offence group of violence against women and girls and month, London; from the sheet by classification alone
-- unit: offence
-- from: london_vawg_offences
-- Two sheets with the same offences are stacked in the file: adding them doubles every count.
select
    trim(vawg_offence) as offence,
    recorded_date_months::date as month,
    sum(count)::integer as offences
from london_vawg_offences
where sheet = 'Offence count classification'
group by all
order by offence, month
