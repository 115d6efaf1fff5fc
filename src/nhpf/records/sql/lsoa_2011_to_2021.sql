-- grain: one row per pair of lower layer super output areas of 2011 and of 2021 that share ground, in the order of their codes
select lsoa_2011, lsoa_2021, change, share
from lsoa_2011_to_2021
order by lsoa_2011, lsoa_2021
