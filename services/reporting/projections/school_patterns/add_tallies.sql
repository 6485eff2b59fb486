-- To tallies of the places whose districts, rounds, slots and observers are $1 to $4; $5 are places in these, from 1 on.
insert into tally (district_id, round_id, slot_id, observer_id, kind, tag, value, n)
select ($1::uuid[])[place], ($2::uuid[])[place], ($3::uuid[])[place], ($4::uuid[])[place], kind, tag, value, n
from unnest($5::int[], $6::text[], $7::text[], $8::text[], $9::int[]) as t (place, kind, tag, value, n)
on conflict (round_id, slot_id, observer_id, kind, tag, value) do update set n = tally.n + excluded.n
