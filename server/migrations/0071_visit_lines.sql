-- What reports read: a line for every service of a visit, written in the transaction of the visit. `huiyue verify` compares it with the
-- visits themselves. Holds are no visits yet and have none.
create table visit_lines (
    store_id uuid not null,
    booking_id uuid not null,
    line smallint not null,
    -- The day on which it begins where the store is, in days since 1970-01-01.
    day integer not null,
    starts_at bigint not null,
    -- From the beginning of its first part to the end of its last.
    minutes integer not null,
    -- Of these, those in which its staff member is needed.
    staff_minutes integer not null,
    state text not null,
    -- Since when it is in that state, where the state says so.
    settled_at bigint,
    -- Cancelled after the cut-off.
    is_late boolean not null,
    channel text not null,
    -- What was done, or is to be.
    service_id uuid not null,
    staff_id uuid,
    -- The guest asked for that person.
    is_requested boolean not null,
    -- Who is served, if it is a member, and the account that booked.
    member_id uuid,
    account_id uuid,
    -- In minor units of the store's currency; null: on consultation.
    price bigint,
    made_at bigint not null,
    primary key (store_id, booking_id, line)
);
create index visit_lines_by_day on visit_lines (store_id, day);

-- Visits from before are written by a job for each store.
insert into jobs (id, kind, about, due_at)
select gen_random_uuid(), 'project_visits', jsonb_build_object('store', store_id, 'since', 0), 0
from (select distinct store_id from bookings) as stores;

-- A record that this program writes over a newer program's form of it keeps the fields that it does not know.
create function kept(old_form smallint, new_form smallint, old_record jsonb, new_record jsonb) returns jsonb
    language sql immutable parallel safe
    return case when old_form > new_form then old_record || new_record else new_record end;
