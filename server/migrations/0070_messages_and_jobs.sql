-- Messages of every kind in one form, and what falls due later: both are written in the transaction of their cause, and driven by the
-- clock of the program. A row's id is named by its cause, so the same cause makes one message and one job.

alter table messages rename column kind to template;
alter table messages rename column payload to facts;
alter table messages rename column next_attempt_at to due_at;
alter table messages rename column booking_id to about_id;
alter table messages
    -- How it travels.
    add column channel text not null default 'sms',
    -- The kind of the record it is about, beside that record's id.
    add column about_kind smallint,
    -- Sent before others, by a worker that does nothing else.
    add column urgent boolean not null default false,
    -- Nobody can use it any more after that.
    add column good_until bigint;
update messages set urgent = true, good_until = created_at + 600000 where template = 'code';
update messages set template = 'desk_code' where template = 'code' and facts ? 'store';
update messages set about_kind = 5 where about_id is not null;
drop index messages_codes_waiting;
drop index messages_of_booking;
create index messages_urgent on messages (due_at) where urgent and state in ('waiting', 'sending');
create index messages_about on messages (about_id) where about_id is not null;

create table jobs (
    id uuid primary key,
    kind text not null,
    -- What is to be done with what; its form belongs to the kind.
    about jsonb not null,
    due_at bigint not null,
    attempts integer not null default 0,
    -- Nobody else takes it until then.
    claimed_until bigint,
    -- Why the last attempt did not succeed.
    error text
);
create index jobs_due on jobs (due_at);

-- Holds that wait for their end: from now on a job is written with each.
insert into jobs (id, kind, about, due_at)
select gen_random_uuid(), 'expire_hold', jsonb_build_object('store', store_id, 'booking', id, 'until', held_until), held_until
from bookings where held_until is not null;
drop index holds_by_end;
