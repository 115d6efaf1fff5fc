-- grain: one row per pair of lower layer super output areas of 2011 and of 2021 that share ground
-- unit: pair of areas
-- from: lookup_2011_to_2021, census_residents_lsoa
-- share: the part of the 2011 area's events that the 2021 area is given, by the residents of 2021; the parts add up to one
select
    pairs.lsoa11_code as lsoa_2011,
    pairs.lsoa21_code as lsoa_2021,
    pairs.change_code as change,
    residents.residents::double
    / sum(residents.residents) over (partition by pairs.lsoa11_code) as share
from lookup_2011_to_2021 as pairs
join census_residents_lsoa as residents using (lsoa21_code)
order by lsoa_2011, lsoa_2021
