-- What the server knows of devices by itself, so that no command has to be believed about its own sender.

alter table replicas
    -- The last stamp accepted from it: later ones lie behind.
    add column stamp_at bigint not null default 0,
    add column stamp_counter bigint not null default 0,
    -- When an exchange last emptied its outbox: what it sends later was given later.
    add column settled_at bigint not null default 0;

-- How far the replicas of a principal have read the desk feed of a store.
create table desk_reads (
    principal text not null,
    store_id uuid not null,
    replica_id uuid not null,
    -- The furthest cursor it came with.
    presented bigint not null,
    -- The same as of the last exchange that emptied its outbox: what it gives afterwards was given after reading that far.
    settled bigint not null,
    primary key (principal, store_id, replica_id)
);

-- Staff members who have given their PIN at a tablet: commands from there may name them, also those queued while others stood there.
create table pin_claims (
    device_id uuid not null references devices (id) on delete cascade,
    staff_id uuid not null,
    proved_at bigint not null,
    primary key (device_id, staff_id)
);
insert into pin_claims (device_id, staff_id, proved_at)
select device_id, staff_id, max(seen_at) from sessions where device_id is not null and staff_id is not null group by device_id, staff_id;
