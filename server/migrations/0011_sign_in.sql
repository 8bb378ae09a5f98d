-- Signing in: one-time codes, sessions, and the count of tries.

create table codes (
    -- Keyed hash of the phone number: whether an account exists is not asked here.
    phone_index bytea primary key,
    code_hash bytea not null,
    expires_at bigint not null
);

create table sessions (
    -- SHA-256 of the token in the cookie; the token itself is nowhere.
    token_hash bytea primary key,
    id uuid not null unique,
    account_id uuid references accounts (id) on delete cascade,
    user_id uuid references users (id) on delete cascade,
    device_id uuid references devices (id) on delete cascade,
    -- The staff member who claims a tablet by PIN.
    staff_id uuid,
    created_at bigint not null,
    seen_at bigint not null,
    idle_until bigint not null,
    expires_at bigint not null,
    check (num_nonnulls(account_id, user_id, device_id) = 1)
);
create index sessions_of_account on sessions (account_id) where account_id is not null;
create index sessions_of_user on sessions (user_id) where user_id is not null;
create index sessions_of_device on sessions (device_id) where device_id is not null;
create index sessions_by_end on sessions (idle_until);

-- The instants of the last tries per door and subject: a phone, a name, a tablet, an address.
create table tries (
    door text not null,
    subject bytea not null,
    times bigint[] not null,
    last_at bigint not null,
    primary key (door, subject)
);
create index tries_by_age on tries (last_at);
