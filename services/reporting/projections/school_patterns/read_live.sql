-- All that a round's live figures are made of, as it stands, in one answer: a list for each column, nth beside nth.
-- Five looks one after the other were five waits for the processor.
select
    greatest(
        (select max(log_seq) from statement where round_id = $1),
        (select max(log_seq) from rating where round_id = $1),
        (select max(log_seq) from submission where round_id = $1),
        (select max(log_seq) from round_event where round_id = $1)
    ) as seq,
    (
        select body from round_event where round_id = $1 and type = 'ProblemOfPracticeWritten'
        order by log_seq desc limit 1
    ) as written,
    exists (select from round_event where round_id = $1 and type = 'EvidenceScreened') as screened,
    seen.*,
    counted.*,
    handed_in.*
from (
    select array_agg(slot_id) as seen_slots, array_agg(classroom_id) as seen_rooms,
           array_agg(observer_id) as seen_observers
    from visit where round_id = $1
) as seen, (
    select array_agg(slot_id) as slots, array_agg(observer_id) as observers, array_agg(kind) as kinds,
           array_agg(tag) as tags, array_agg(value) as values, array_agg(n) as counts
    from (
        select * from tally where round_id = $1 and n > 0 order by slot_id, observer_id, kind, tag, value
    ) as standing
) as counted, (
    select array_agg(slot_id) as submitted_slots, array_agg(n) as submitted
    from (
        select slot_id, count(distinct observer_id) as n from submission where round_id = $1 group by slot_id
    ) as by_slot
) as handed_in
