-- Lives of the database. `restore` adds one; a backup from before this table gets a fresh one here. Together with the identity of the
-- cluster it names the epoch that devices read in.

create table restores (
    id uuid primary key default gen_random_uuid(),
    at timestamptz not null default now()
);
insert into restores default values;
