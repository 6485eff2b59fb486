-- How often each grade band and subject was visited in these rounds.
select grade_band, subject, count(distinct slot_id) as visits, count(distinct classroom_id) as classrooms,
       count(distinct observer_id) as observers, count(distinct school_id) as schools
from visit where round_id = any($1::uuid[])
group by grade_band, subject
order by grade_band, subject
