-- One table for every kind of record that has no index of its own; a kind is a number of the table in `shared/src/record.rs`. What is
-- searched stands beside the record. `form` is the version of the program's form of it: a program never writes over a newer form what it
-- does not know.
create table records (
    kind smallint not null,
    -- The store it belongs to; the nil id for the brand's.
    store_id uuid not null,
    id uuid not null,
    day integer not null,
    form smallint not null,
    owner_id uuid,
    about_id uuid,
    -- The time it touches.
    starts_at bigint,
    ends_at bigint,
    -- Settled: who begins to read needs it only while it is young.
    settled boolean not null,
    sealed bytea,
    record jsonb not null,
    primary key (store_id, kind, id, day)
);
create index records_by_time on records (store_id, ends_at) where ends_at is not null;
drop table stores, services, staff, shifts, blocks, attention;

-- What takes time is a record of any kind.
truncate occupancy;
alter table occupancy drop constraint occupancy_holder_kind_check;

alter table bookings drop column version, drop column placed_seq;
alter table bookings add column form smallint not null;
alter table members add column form smallint not null;

-- What is personal is sealed, whatever it is.
alter table bookings rename column note_sealed to sealed;
alter table members drop column name;
alter table members alter column sealed drop not null;
truncate imported_facts;
alter table imported_facts drop column said, add column said_sealed bytea not null;

-- Locks a store's row, if there is such a store yet, and then reads what surrounds decisions in it: in one step, but not from one
-- snapshot, which would be from before the lock.
create or replace function lock_store(wanted uuid, desk text) returns table (version bigint, heard_at bigint, head bigint)
    language plpgsql as $$
begin
    perform from records
        where records.store_id = '00000000-0000-0000-0000-000000000000' and records.kind = 1 and records.id = wanted and records.day = 0
        for no key update;
    return query
        select brand.version,
               (select desk_heard.at from desk_heard where desk_heard.store_id = wanted),
               (select heads.head from heads where heads.scope = desk)
        from brand;
end
$$;
