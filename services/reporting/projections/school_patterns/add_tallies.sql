insert into tally (district_id, round_id, slot_id, observer_id, kind, tag, value, n)
select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::int[])
on conflict (round_id, slot_id, observer_id, kind, tag, value) do update set n = tally.n + excluded.n
