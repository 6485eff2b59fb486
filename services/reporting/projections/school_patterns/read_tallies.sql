select slot_id, observer_id, kind, tag, value, n from tally
where round_id = $1 and n > 0
order by slot_id, observer_id, kind, tag, value
