select distinct on (statement_id) statement_id, round_id, slot_id, observer_id, withdrawn, core_element,
       focus_question_ids, look_for_ids, judgmental
from statement where statement_id = any($1::uuid[])
order by statement_id, log_seq desc
