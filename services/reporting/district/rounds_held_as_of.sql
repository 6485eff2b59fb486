-- The same as it was known at $4: from the plans that had come by then.
select (r.body ->> 'school_id')::uuid as school_id,
       count(*) as planned,
       count(*) filter (where exists (
           select from visit as v where v.round_id = r.round_id and v.recorded_at < $4)) as held,
       sum((r.body ->> 'slots_planned')::int) as slots_planned,
       sum((r.body ->> 'slots_planned')::int) filter (where r.round_id = any($3)) as visits_planned
from (
    select distinct on (round_id) round_id, type, body
    from round_event
    where type in ('RoundOpened', 'RoundReplanned', 'RoundWithdrawn') and recorded_at < $4
    order by round_id, log_seq desc
) as r
where r.type <> 'RoundWithdrawn' and ($1::date is null or (r.body ->> 'day')::date >= $1)
  and ($2::date is null or (r.body ->> 'day')::date <= $2)
group by 1
