-- The salons whose files were imported: the name belongs to the identity of everything in them.

create table imported_salons (
    store_id uuid primary key,
    -- As their owner gave it first; empty for the salon without one.
    name text not null,
    -- Whole weeks, in days, that all dates of this salon move.
    shift_days integer not null
);

-- What the last import said about each thing of a salon. A later export is compared with it, never with what somebody here has made of
-- it since.
create table imported_facts (
    store_id uuid not null,
    -- The service or booking.
    id uuid not null,
    said jsonb not null,
    primary key (store_id, id)
);
