-- The log of rounds of a large district, the same events for the same :seed: :schools schools, :years years,
-- statements :first (exclusive) to :last (inclusive). A round has 500 statements, 12 classroom slots and 4 observers.
-- Everything is hashed from what it names, and has its own position, so that any part can be made alone, beside others.
create function pg_temp.an_id(what text, n bigint) returns uuid language sql immutable as
$$ select md5(':seed' || what || n::text)::uuid $$;
create function pg_temp.pick(n bigint, what text, many int) returns int language sql immutable as
$$ select abs(hashtextextended(what || n::text, :seed)) % many $$;
create function pg_temp.day_of(r bigint) returns date language sql immutable as
$$ select date '2024-09-01' + (365 * pg_temp.pick(r, 'year', :years) + pg_temp.pick(r, 'day', 280))::int $$;

insert into events (position, event_id, stream, version, type, district_id, data, meta)
select r * 501 + 1, pg_temp.an_id('opened', r), 'round-' || pg_temp.an_id('round', r), 1, 'RoundOpened', :district,
       jsonb_build_object(
           'round_id', pg_temp.an_id('round', r), 'school_id', pg_temp.an_id('school', r % :schools),
           'day', pg_temp.day_of(r), 'timezone', 'America/Chicago', 'facilitator_id', pg_temp.an_id('facilitator', r),
           'instrument', 'instructional-core', 'instrument_version', 1, 'origin', 'scheduling', 'plan_version', 1,
           'teams', jsonb_build_array(jsonb_build_object(
               'team_id', pg_temp.an_id('team', r), 'name', 'Team', 'timekeeper_id', pg_temp.an_id('observer', r * 4),
               'observer_ids', (select jsonb_agg(pg_temp.an_id('observer', r * 4 + o)) from generate_series(0, 3) as o)
           )),
           'slots', (select jsonb_agg(jsonb_build_object(
               'slot_id', pg_temp.an_id('slot', r * 12 + s), 'team_id', pg_temp.an_id('team', r),
               'classroom_id', pg_temp.an_id('room', (r % :schools) * 30 + (r + s) % 30), 'room', 'R', 'period', 'P',
               'grade_band', '3-5', 'subject', 'mathematics',
               'starts_at', pg_temp.day_of(r) + time '09:00', 'ends_at', pg_temp.day_of(r) + time '09:20'
           )) from generate_series(0, 11) as s)
       ), '{}'
from generate_series(:first / 500, (:last - 1) / 500) as r;

with note as materialized (
    select r, s, o, 'notes-' || pg_temp.an_id('slot', r * 12 + s) || '-' || pg_temp.an_id('observer', r * 4 + o) as stream,
           jsonb_build_object(
               'round_id', pg_temp.an_id('round', r), 'school_id', pg_temp.an_id('school', r % :schools),
               'slot_id', pg_temp.an_id('slot', r * 12 + s), 'observer_id', pg_temp.an_id('observer', r * 4 + o),
               'day', day, 'grade_band', '3-5', 'subject', 'mathematics',
               'classroom_id', pg_temp.an_id('room', (r % :schools) * 30 + (r + s) % 30)) as visit,
           jsonb_build_object(
               'device_id', pg_temp.an_id('observer', r * 4 + o), 'device_time', day + time '09:10' || 'Z',
               'elapsed_seconds', null, 'late', null, 'sent_at', day + time '09:30' || 'Z',
               'received_at', day + time '09:30' || 'Z', 'skew_seconds', 0) as receipt
    from (select r, pg_temp.day_of(r) as day from generate_series(:first / 500, (:last - 1) / 500) as r offset 0) as rounds,
         generate_series(0, 11) as s, generate_series(0, 3) as o
)
insert into events (position, event_id, stream, version, type, district_id, data, meta)
select n / 500 * 501 + 2 + n % 500, pg_temp.an_id('event', n), stream, 1 + (n % 500) / 48, 'EvidenceRecorded', :district,
       jsonb_build_object(
           'statement_id', pg_temp.an_id('statement', n),
           'visit', visit,
           'content', jsonb_build_object(
               'words', 's1.q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJCrze8SNFZ4kKvN7xI0VniQ',
               'minute', pg_temp.pick(n, 'minute', 20), 'focus_question_ids', '[]'::jsonb, 'look_for_ids', '[]'::jsonb,
               'core_element', (array['teacher', 'student', 'content', 'task', 'task'])[1 + pg_temp.pick(n, 'core', 5)],
               'judgmental', pg_temp.pick(n, 'judges', 11) = 0),
           'receipt', receipt || jsonb_build_object('client_id', pg_temp.an_id('client', n), 'seq', n % 500 + 1),
           'origin', 'capture'),
       '{}'
from generate_series(:first, :last - 1) as n join note on r = n / 500 and s = n % 12 and o = n / 12 % 4;
