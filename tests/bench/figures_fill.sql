-- A district of rounds with 500 statements each, the same rows at every run: 12 classroom slots, 4 observers.
-- Ids are md5 of what they name.
create function pg_temp.an_id(what text, n bigint) returns uuid language sql immutable as $$ select md5(what || n)::uuid $$;

insert into school (district_id, school_id, log_seq, listed, name, recorded_at)
select :district, pg_temp.an_id('school', s), s, true, 'School ' || to_char(s, 'FM0000'), now()
from generate_series(0, :rounds / 4 - 1) as s;

insert into round (district_id, round_id, school_id, day, facilitator_id, instrument, instrument_version,
                   slots_planned, observers_planned, stage, log_seq)
select :district, pg_temp.an_id('round', r), pg_temp.an_id('school', r / 4), date '2026-09-01' + (r % 4)::int * 30,
       pg_temp.an_id('facilitator', r), 'instructional-core', 1, 12, 4, 'visit', r
from generate_series(0, :rounds - 1) as r;

insert into round_event (district_id, round_id, log_seq, type, body, recorded_at)
select :district, round_id, 1, 'RoundOpened',
       jsonb_build_object('round_id', round_id, 'school_id', school_id, 'day', day, 'facilitator_id', facilitator_id,
                          'observer_ids', '[]'::jsonb, 'instrument', instrument, 'instrument_version', 1,
                          'slots_planned', 12),
       now()
from round;

insert into visit (district_id, round_id, school_id, slot_id, observer_id, classroom_id, grade_band, subject, day,
                   log_seq, recorded_at)
select :district, pg_temp.an_id('round', r), pg_temp.an_id('school', r / 4), pg_temp.an_id('slot', r * 12 + s),
       pg_temp.an_id('observer', r * 4 + o), pg_temp.an_id('room', r * 12 + s), '3-5', 'mathematics', date '2026-09-01',
       1, now()
from generate_series(0, :rounds - 1) as r, generate_series(0, 11) as s, generate_series(0, 3) as o;

insert into statement (district_id, round_id, statement_id, log_seq, slot_id, observer_id, withdrawn, core_element,
                       focus_question_ids, look_for_ids, minute, judgmental, happened_at, recorded_at)
select :district, pg_temp.an_id('round', n / 500), pg_temp.an_id('statement', n), n + 1,
       pg_temp.an_id('slot', n / 500 * 12 + n % 12), pg_temp.an_id('observer', n / 500 * 4 + n % 4), false,
       (array['teacher', 'student', 'content', 'task', 'task'])[1 + ((n * 7 + n / 500) % 5)::int], '{}', '{}',
       (n % 20)::int, n % 11 = 0, now(), now()
from generate_series(0, :rounds * 500 - 1) as n;

insert into tally (district_id, round_id, slot_id, observer_id, kind, tag, value, n)
select district_id, round_id, slot_id, observer_id, case when judgmental then 'judgmental' else 'core' end,
       case when judgmental then '' else core_element end, '', count(*)
from statement group by 1, 2, 3, 4, 5, 6;

analyze school, round, round_event, visit, statement, tally;
