-- The catalogue and the schedule. Nested records are jsonb, always read whole; what is searched stands beside them in columns.
-- Instants are milliseconds UTC. `store_id` leads every key of the schedule, so that stores never wait for each other and the
-- tables can be distributed by it.

create extension if not exists btree_gist;

-- Milliseconds since 1970 as an instant.
create function instant(millis bigint) returns timestamptz
    language sql immutable strict parallel safe
    return timestamptz 'epoch' + millis * interval '1 millisecond';

-- An instant as milliseconds since 1970.
create function millis(at timestamptz) returns bigint
    language sql immutable strict parallel safe
    return (extract(epoch from at) * 1000)::bigint;

-- One brand per database. Whoever changes the catalogue locks this row first; its version names the catalogue in memory.
create table brand (
    one boolean primary key default true check (one),
    version bigint not null default 0
);
insert into brand default values;

create table stores (
    id uuid primary key,
    record jsonb not null
);

create table services (
    id uuid primary key,
    record jsonb not null
);

create table staff (
    id uuid primary key,
    record jsonb not null
);

create table shifts (
    store_id uuid not null,
    id uuid not null,
    staff_id uuid not null,
    record jsonb not null,
    primary key (store_id, id)
);

create table bookings (
    store_id uuid not null,
    id uuid not null,
    state text not null,
    starts_at bigint not null,
    ends_at bigint not null,
    -- A hold runs out then.
    held_until bigint,
    account_id uuid,
    placed_seq bigint not null,
    version bigint not null,
    -- The guest's special needs, sealed; null when there are none.
    note_sealed bytea,
    record jsonb not null,
    primary key (store_id, id)
);
create index bookings_by_start on bookings (store_id, starts_at);
create index bookings_of_account on bookings (account_id) where account_id is not null;
create index holds_by_end on bookings (held_until) where held_until is not null;

create table blocks (
    store_id uuid not null,
    id uuid not null,
    staff_id uuid not null,
    starts_at bigint not null,
    ends_at bigint not null,
    placed_seq bigint not null,
    record jsonb not null,
    primary key (store_id, id)
);
create index blocks_by_end on blocks (store_id, ends_at);

-- Who holds whose time. Rows are inserted and deleted, never updated. No overlap within a lane, and no lane above 0 without
-- the reason that its booking records.
create table occupancy (
    store_id uuid not null,
    resource_id uuid not null,
    lane smallint not null check (lane >= 0),
    during tstzrange not null,
    holder uuid not null,
    -- 0 a booking, 1 a block.
    holder_kind smallint not null check (holder_kind in (0, 1)),
    line smallint not null,
    part smallint not null,
    -- A hold counts only until then.
    held_until bigint,
    constraint occupancy_backstop exclude using gist (store_id with =, resource_id with =, lane with =, during with &&)
);
create index occupancy_of_holder on occupancy (store_id, holder);

create table attention (
    store_id uuid not null,
    id uuid not null,
    open boolean not null,
    raised_at bigint not null,
    record jsonb not null,
    primary key (store_id, id)
);
create index attention_open on attention (store_id) where open;

-- When a desk of a store was last heard.
create table desk_heard (
    store_id uuid primary key,
    at bigint not null
);
