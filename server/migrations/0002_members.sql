-- Members. What identifies or describes a person beyond the name is sealed with a key that is not in the database; keyed hashes
-- of the number and of its last four digits make it findable.

create table members (
    id uuid primary key,
    account_id uuid,
    name text not null,
    phone_index bytea,
    tail_index bytea,
    -- Contact, notes, allergies and profile with their writers.
    sealed bytea not null,
    -- The rest of the record.
    record jsonb not null
);
create index members_of_account on members (account_id) where account_id is not null;
create index members_by_phone on members (phone_index) where phone_index is not null;
create index members_by_tail on members (tail_index) where tail_index is not null;

create table member_stores (
    store_id uuid not null,
    member_id uuid not null references members (id) on delete cascade,
    primary key (store_id, member_id)
);
create index member_stores_of_member on member_stores (member_id);
