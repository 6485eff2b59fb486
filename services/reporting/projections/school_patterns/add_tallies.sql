insert into tally (district_id, round_id, slot_id, observer_id, kind, tag, value, n)
select district_id::uuid, round_id::uuid, slot_id::uuid, observer_id::uuid, kind, tag, value, n
from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[])
     as t (district_id, round_id, slot_id, observer_id, kind, tag, value, n)
on conflict (round_id, slot_id, observer_id, kind, tag, value) do update set n = tally.n + excluded.n
