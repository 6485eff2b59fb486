select statement_id, slot_id, observer_id, core_element, focus_question_ids, look_for_ids, judgmental
from (
    select distinct on (statement_id) *
    from statement where round_id = $1 and log_seq <= $2
    order by statement_id, log_seq desc
) as standing
where not withdrawn
