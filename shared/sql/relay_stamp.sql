-- Gives the next events of the published types ($2) their dense numbers: at most $1 events are looked at.
--
-- The cursor is the pair (xid, position) behind the fence of the oldest running transaction. A cursor of
-- position alone skips an event whose transaction began early and committed late.
--
-- Two relays at once cannot stamp twice: event_log.log_seq is unique, the second one's statement fails.
--
-- Answers one row: `scanned` events lie behind the cursor now; `waiting` says that others exist which the fence still
-- hides; `last` is the highest number given; the other columns are the stamped events. NULLs when there are none.
with progress as materialized (
    select xid, position, coalesce((select max(log_seq) from event_log), 0) as head from relay_progress
), fenced as materialized (
    select e.* from progress as p
    cross join lateral (
        select * from events
        where (events.xid, events.position) > (p.xid, p.position)
          and events.xid < pg_snapshot_xmin(pg_current_snapshot())
        order by events.xid, events.position
        limit $1
    ) as e
), numbered as materialized (
    select p.head + row_number() over (order by f.xid, f.position) as log_seq, f.*
    from fenced as f cross join progress as p
    where f.type = any($2::text[])
), put as (
    insert into event_log (log_seq, position)
    select log_seq, position from numbered order by log_seq
), moved as (
    update relay_progress set xid = last.xid, position = last.position
    from (select xid, position from fenced order by xid desc, position desc limit 1) as last
)
select one.scanned, one.waiting, one.last, stamped.*
from (
    select (select count(*) from fenced) as scanned,
           (select max(log_seq) from numbered) as last,
           exists (
               select from progress as p
               -- The newest event of all tells: asking for any hidden one may read the whole table.
               cross join lateral (
                   select events.xid, events.position from events
                   order by events.xid desc, events.position desc limit 1
               ) as newest
               where (newest.xid, newest.position) > (p.xid, p.position)
                 and newest.xid >= pg_snapshot_xmin(pg_current_snapshot())
           ) as waiting
) as one
cross join (select :columns from (select * from numbered order by log_seq) as p) as stamped
