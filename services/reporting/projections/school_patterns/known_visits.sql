-- Which of the visits (slot $1, observer $2) are in the table, by their places in the lists, from 1 on.
select asked.n
from unnest($1::uuid[], $2::uuid[]) with ordinality as asked (slot_id, observer_id, n)
cross join lateral (
    select from visit as v where v.slot_id = asked.slot_id and v.observer_id = asked.observer_id limit 1
) as held
