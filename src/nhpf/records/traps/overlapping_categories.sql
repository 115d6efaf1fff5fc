-- grain: one row for both files
-- tables: london_ward_offences, london_borough_offences
-- says: Residential burglary is counted under {categories} categories, old and new, and an old one overlaps a new one in {months} months. Each category stands alone: categories are never added.
with residential as (
    select
        category,
        month,
        category in ('DOMESTIC BURGLARY', 'BURGLARY - RESIDENTIAL') as old
    from london_borough_offences
    where category in ('DOMESTIC BURGLARY', 'BURGLARY - RESIDENTIAL')
        or category like 'RES BURGLARY%'
),
overlapping as (
    select month from residential group by month having bool_or(old) and bool_or(not old)
)
select
    (select count(distinct category) from residential) as categories,
    (select count(*) from overlapping) as months
