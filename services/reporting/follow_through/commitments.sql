-- What became of the commitments of these rounds, as it was known at $2: the newest state of each.
select distinct on (round_id) round_id, type, body
from round_event
where round_id = any($1::uuid[]) and type = any($3::text[]) and recorded_at < $2
order by round_id, log_seq desc
