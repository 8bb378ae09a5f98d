-- Codes that are said at a desk: each names a store and is good for nothing else. They stand apart from the codes for signing in, so that
-- neither can be taken for the other.

create table desk_codes (
    store_id uuid not null,
    -- Keyed hash of the number.
    phone_index bytea not null,
    code_hash bytea not null,
    expires_at bigint not null,
    tries_left smallint not null,
    -- The instants of the last day at which a code was asked for.
    asked bigint[] not null,
    primary key (store_id, phone_index)
);
create index desk_codes_of_number on desk_codes (phone_index);
