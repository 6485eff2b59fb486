insert into visit (district_id, round_id, school_id, slot_id, observer_id, classroom_id, grade_band, subject, day,
                   log_seq, recorded_at)
select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::text[],
                     $9::date[], $10::bigint[], $11::timestamptz[])
on conflict (slot_id, observer_id) do nothing
