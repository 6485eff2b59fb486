-- The statements of each pattern that stands, as of a place in the log.
select array(select jsonb_array_elements_text(newest.body -> 'statement_ids')::uuid) as statement_ids
from (
    select distinct on (body ->> 'pattern_id') type, body
    from round_event
    where round_id = $1 and type in ('PatternNamed', 'PatternDropped') and log_seq <= $2
    order by body ->> 'pattern_id', log_seq desc
) as newest
where newest.type = 'PatternNamed'
