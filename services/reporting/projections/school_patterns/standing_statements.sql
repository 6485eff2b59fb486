-- By their rounds, as the index goes: a statement stays in its round.
select distinct on (statement_id) district_id, statement_id, round_id, slot_id, observer_id, withdrawn, core_element,
       focus_question_ids, look_for_ids, judgmental
from statement where round_id = any($2::uuid[]) and statement_id = any($1::uuid[])
order by statement_id, log_seq desc
