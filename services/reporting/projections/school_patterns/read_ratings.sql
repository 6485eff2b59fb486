select slot_id, observer_id, look_for_id, kind, value
from (
    select distinct on (slot_id, observer_id, look_for_id) slot_id, observer_id, look_for_id, kind, value
    from rating where round_id = $1 and log_seq <= $2
    order by slot_id, observer_id, look_for_id, log_seq desc
) as newest
where value is not null
order by slot_id, observer_id, look_for_id
