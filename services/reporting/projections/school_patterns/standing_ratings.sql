-- Of slot $1, observer $2 and look-for $3, by their places in the lists, from 1 on.
select asked.n, held.kind, held.value
from unnest($1::uuid[], $2::uuid[], $3::text[]) with ordinality as asked (slot_id, observer_id, look_for_id, n)
cross join lateral (
    select kind, value from rating as r
    where r.slot_id = asked.slot_id and r.observer_id = asked.observer_id and r.look_for_id = asked.look_for_id
    order by r.log_seq desc limit 1
) as held
where held.value is not null
