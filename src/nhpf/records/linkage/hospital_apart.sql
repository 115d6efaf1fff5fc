-- one row per attendance, moved by 14 days: longer than any span that is read, whole weeks, and so
-- short that the season stays
create table hospital_apart as
select * replace (
    minute_from + 14 * 1440 as minute_from,
    minute_to + 14 * 1440 as minute_to,
    day_from + 14 as day_from,
    day_to + 14 as day_to
)
from hospital_event
