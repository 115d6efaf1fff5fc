-- grain: one row for the whole file
-- tables: crime_severity
-- says: All {labels} year labels of the severity file hold a line break and a footnote mark, so years come from its date column. The {blank} blank scores are those of the City of London.
select
    count(*) filter (where contains("year", chr(10))) as labels,
    count(*) filter (where severity_score = ':') as blank
from force_severity
