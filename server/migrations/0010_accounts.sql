-- Who may sign in: members' accounts by phone, staff logins by name, enrolled desk tablets.
-- Instants are milliseconds UTC. Phone numbers are sealed; `phone_index` is a keyed hash for looking one up.

create table accounts (
    id uuid primary key,
    phone_index bytea not null unique,
    phone_sealed bytea not null,
    language text not null default 'zh' check (language in ('zh', 'en')),
    created_at bigint not null
);

create table users (
    id uuid primary key,
    -- Compared without regard to case.
    name text not null,
    display_name text not null,
    password_hash text not null,
    -- The staff member this login belongs to, if it is one who serves.
    staff_id uuid,
    language text not null default 'zh' check (language in ('zh', 'en')),
    active boolean not null default true,
    created_at bigint not null
);
create unique index users_by_name on users (lower(name));

-- The id of a grant is the root of the ids of the scopes it opens: a new grant starts every scope afresh.
create table user_grants (
    id uuid primary key,
    user_id uuid not null references users (id) on delete cascade,
    role text not null,
    -- One store, or null for every store.
    store_id uuid,
    created_at bigint not null
);
create index user_grants_of_user on user_grants (user_id);

create table devices (
    id uuid primary key,
    store_id uuid not null,
    name text not null,
    enrolled_by uuid not null references users (id),
    enrolled_at bigint not null,
    revoked_at bigint
);
create index devices_of_store on devices (store_id);

create table staff_pins (
    staff_id uuid primary key,
    pin_hash text not null,
    set_at bigint not null
);
