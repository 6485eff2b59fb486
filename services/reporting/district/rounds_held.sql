-- Planned and held rounds of each school in a period: the plan, and whether anybody came. $3: the rounds that are told.
select r.school_id,
       count(*) as planned,
       count(*) filter (where exists (select from visit as v where v.round_id = r.round_id)) as held,
       sum(r.slots_planned) as slots_planned,
       sum(r.slots_planned) filter (where r.round_id = any($3)) as visits_planned
from round as r
where not r.withdrawn and ($1::date is null or r.day >= $1) and ($2::date is null or r.day <= $2)
group by r.school_id
