insert into round (district_id, round_id, school_id, day, facilitator_id, instrument, instrument_version,
                   slots_planned, observers_planned, stage, withdrawn, closed, log_seq)
select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::date[], $5::uuid[], $6::text[], $7::int[], $8::int[],
                     $9::int[], $10::text[], $11::boolean[], $12::boolean[], $13::bigint[])
on conflict (round_id) do update set
    school_id = excluded.school_id, day = excluded.day, facilitator_id = excluded.facilitator_id,
    instrument = excluded.instrument, instrument_version = excluded.instrument_version,
    slots_planned = excluded.slots_planned, observers_planned = excluded.observers_planned,
    stage = excluded.stage, withdrawn = excluded.withdrawn, closed = excluded.closed, log_seq = excluded.log_seq
