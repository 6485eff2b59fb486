insert into visit (district_id, round_id, school_id, slot_id, observer_id, classroom_id, grade_band, subject, day,
                   log_seq, recorded_at)
select district_id, round_id::uuid, school_id::uuid, slot_id::uuid, observer_id::uuid, classroom_id::uuid, grade_band,
       subject, day::date, log_seq, recorded_at
from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
            $9::text[], $10::bigint[], $11::timestamptz[])
     as v (district_id, round_id, school_id, slot_id, observer_id, classroom_id, grade_band, subject, day, log_seq,
           recorded_at)
on conflict (slot_id, observer_id) do nothing
