select slot_id, classroom_id, observer_id from visit where round_id = $1 and log_seq <= $2
