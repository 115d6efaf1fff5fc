-- grain: one row per small area (LSOA of 2021) with a count of late licensed premises among the covariates imported, and the ward and force that it lies in
-- needs: covariates
select
    small_area.code,
    small_area.ward_code,
    small_area.force_code,
    sum(covariates.value)::double as premises
from covariates
join small_area on small_area.code = covariates.area
where
    covariates.area_kind = 'lsoa21'
    and lower(covariates.indicator) = 'late licensed premises'
    and covariates.value is not null
group by all
order by all
