-- Commands and feeds: what devices said, what became of it, and what they must hear.

-- An installation × a principal, and the last number that has an outcome.
create table replicas (
    id uuid primary key,
    principal text not null,
    last_number bigint not null default 0,
    created_at bigint not null
);

-- The audit and the decision log: every command with who, when, what and why.
create table commands (
    principal text not null,
    uuid uuid not null,
    replica_id uuid not null,
    number bigint not null,
    kind smallint not null,
    version smallint not null,
    name text,
    -- The staff member who claimed it.
    staff_id uuid,
    channel text not null,
    store_id uuid,
    given_at bigint not null,
    decided_at bigint not null,
    base bigint not null,
    applied boolean not null,
    refusal text,
    -- The step of the ladder that decided.
    step text,
    outcome jsonb not null,
    -- The command without personal data; null when it could not be read.
    payload jsonb,
    -- Its personal data, sealed; set to null when a person asks to be forgotten.
    personal_sealed bytea,
    primary key (principal, uuid)
);
create index commands_of_store on commands (store_id, decided_at) where store_id is not null;

-- The last sequence of each scope. The row is locked from the count to the commit, so the order of sequences is the order of
-- commits and there are no gaps.
create table heads (
    scope text primary key,
    head bigint not null
);

-- One row per record and scope, joined with the live tables when read. `kind` is the number of the record kind; `day` the UTC day of
-- a busy mask, else 0.
create table feed (
    scope text not null,
    seq bigint not null,
    kind smallint not null,
    id uuid not null,
    day integer not null,
    deleted boolean not null,
    primary key (scope, kind, id, day),
    unique (scope, seq)
);

-- Messages to people, written in the transaction of the change and sent afterwards.
create table messages (
    id uuid primary key,
    kind text not null,
    account_id uuid,
    member_id uuid,
    store_id uuid,
    booking_id uuid,
    -- Sealed number, where it is neither an account's nor a member's.
    phone bytea,
    language text not null,
    payload jsonb not null,
    created_at bigint not null,
    state text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'failed')),
    attempts integer not null default 0,
    next_attempt_at bigint not null,
    claimed_until bigint,
    sent_at bigint,
    error text
);
create index messages_waiting on messages (next_attempt_at) where state in ('waiting', 'sending');
create index messages_of_booking on messages (booking_id) where booking_id is not null;
