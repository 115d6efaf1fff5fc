-- one row per recorded offence whose time is known to a week or better
create table police_event as
with timed as (
    select
        row_number,
        force,
        lsoa,
        coalesce(geocoding_confidence::double, 1) as confidence,
        epoch(time_from::timestamp) / 60 as minute_from,
        epoch(coalesce(time_to, time_from)::timestamp) / 60 as minute_to,
        nullif(method, 'not known') as method,
        nullif(place_type, 'not known') as setting,
        victim_age_band as age_band,
        victim_sex as sex
    from police_row
    where time_from is not null
)
select
    'police' as source_dataset,
    row_number as unique_id,
    timed.force as area,
    minute_from,
    minute_to,
    floor(minute_from / 1440)::integer as day_from,
    floor(minute_to / 1440)::integer as day_to,
    if(confidence >= 0.5, timed.lsoa, null) as lsoa,
    if(confidence >= 0.5, place.msoa, null) as msoa,
    if(confidence >= 0.5, place.ltla, null) as ltla,
    case method when 'other weapon' then 'other' else method end as method,
    case setting when 'custody or hospital' then 'other' else setting end as setting,
    nullif(list_position(
        ['0 to 9', '10 to 15', '16 to 17', '18 to 24', '25 to 34', '35 to 44', '45 to 54',
         '55 to 64', '65 and over'], age_band), 0) as age,
    nullif(sex, 'not known') as sex
from timed
left join place on place.lsoa = timed.lsoa
where minute_to between minute_from and minute_from + 7 * 1440;
