-- A one-time code is good only in the browser that asked for it: what somebody else asks for the same number never touches it. Codes
-- live for minutes; those that are under way when this runs are asked for again.

drop table codes;

create table codes (
    id uuid primary key,
    -- SHA-256 of the browser's cookie.
    browser bytea not null,
    -- Keyed hash of the phone number: whether an account exists is not asked here.
    phone_index bytea not null,
    code_hash bytea not null,
    made_at bigint not null,
    expires_at bigint not null,
    -- Wrong tries so far.
    wrong smallint not null default 0
);
create index codes_of_browser on codes (browser, phone_index, made_at);
create index codes_by_end on codes (expires_at);

-- The instants of the last attempts per counter and subject; the name says what they are.
alter table tries rename to attempts;
alter table attempts rename column door to counter;
alter index tries_by_age rename to attempts_by_age;
