-- one row per attendance within a known force area
create table hospital_event as
with timed as (
    select
        row_number,
        site_code,
        hospital_row.lsoa,
        place.msoa,
        place.ltla,
        place.force,
        coalesce(geocoding_confidence::double, 1) as confidence,
        epoch(assault_time::timestamp) / 60 as minute,
        nullif(assault_method, 'not known') as method,
        nullif(assault_location_type, 'not known') as setting,
        age_band,
        sex
    from hospital_row
    left join place on place.lsoa = hospital_row.lsoa
),
-- one row per site: the force area in which most of its attendances happened, for those without a
-- place
site as (
    select site_code, mode(force order by force) as force from timed group by site_code
)
select
    'hospital' as source_dataset,
    row_number as unique_id,
    coalesce(if(confidence >= 0.5, timed.force, null), site.force) as area,
    minute as minute_from,
    minute as minute_to,
    floor(minute / 1440)::integer as day_from,
    floor(minute / 1440)::integer as day_to,
    if(confidence >= 0.5, lsoa, null) as lsoa,
    if(confidence >= 0.5, msoa, null) as msoa,
    if(confidence >= 0.5, ltla, null) as ltla,
    method,
    setting,
    nullif(list_position(
        ['0 to 9', '10 to 15', '16 to 17', '18 to 24', '25 to 34', '35 to 44', '45 to 54',
         '55 to 64', '65 and over'], age_band), 0) as age,
    nullif(sex, 'not known') as sex
from timed
join site using (site_code)
where coalesce(if(confidence >= 0.5, timed.force, null), site.force) is not null;
