-- The newest event of one of these types, as of a place in the log.
select body from round_event
where round_id = $1 and type = any($2::text[]) and log_seq <= $3
order by log_seq desc limit 1
