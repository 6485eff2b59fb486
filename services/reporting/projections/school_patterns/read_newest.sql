-- The place in the log of the newest event of a round.
select greatest(
    (select max(log_seq) from statement where round_id = $1),
    (select max(log_seq) from rating where round_id = $1),
    (select max(log_seq) from submission where round_id = $1),
    (select max(log_seq) from round_event where round_id = $1)
)
