-- The newest verdict on each statement that the team screened, as of a place in the log.
select distinct on (screened.statement_id) screened.statement_id, e.body ->> 'verdict' as verdict
from round_event as e
cross join lateral (select jsonb_array_elements_text(e.body -> 'statement_ids')::uuid as statement_id) as screened
where e.round_id = $1 and e.type = 'EvidenceScreened' and e.log_seq <= $2
order by screened.statement_id, e.log_seq desc
