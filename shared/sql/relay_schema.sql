-- How far the relay has walked through `events`, in the order of `shared/sql/relay_stamp.sql`.
create table if not exists relay_progress (
    one boolean primary key default true check (one),
    xid xid8 not null default '0',
    position bigint not null default 0
);
insert into relay_progress default values on conflict do nothing;
