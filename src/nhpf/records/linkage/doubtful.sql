-- one row per doubtful pair: how its two records differ
with pair as (
    select
        doubtful.*,
        l.minute_from as minute_from_l, l.minute_to as minute_to_l,
        r.minute_from as minute_from_r, r.minute_to as minute_to_r,
        l.lsoa as lsoa_l, l.msoa as msoa_l, l.ltla as ltla_l,
        r.lsoa as lsoa_r, r.msoa as msoa_r, r.ltla as ltla_r
    from doubtful
    join hospital_event l on l.unique_id = doubtful.hospital
    join police_event r on r.unique_id = doubtful.police
)
select
    pair,
    round(probability, 2) as probability,
    strftime(make_timestamp((minute_from_l * 60000000)::bigint), '%A %H:00') as hospital_hour,
    strftime(make_timestamp((minute_from_r * 60000000)::bigint), '%A %H:00') as police_hour,
    (minute_to_r - minute_from_r)::bigint as police_span_minutes,
    ({gap})::bigint as minutes_apart,
    coalesce({place}, 'not known') as place,
    method as police_method,
    assault_method as hospital_method,
    place_type as police_setting,
    assault_location_type as hospital_setting,
    victim_age_band as police_age_band,
    age_band as hospital_age_band,
    victim_sex as police_sex,
    sex as hospital_sex
from pair
join police_row on police_row.row_number = pair.police
join hospital_row on hospital_row.row_number = pair.hospital
order by place_in_list
