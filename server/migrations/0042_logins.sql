-- Logins of staff: one without a password waits for its invitation to be accepted.

alter table users alter column password_hash drop not null;

-- A link with which somebody sets the password of a login, once.
create table invitations (
    -- SHA-256 of the secret in the link.
    token_hash bytea primary key,
    user_id uuid not null references users (id) on delete cascade,
    made_by text not null,
    made_at bigint not null,
    expires_at bigint not null
);
create index invitations_of_user on invitations (user_id);

-- Who signed in and out, who got or lost which right, which tablet came and went. Written with the act, never changed.
create table audit (
    id uuid primary key,
    -- The order in which entries were written.
    seq bigint generated always as identity unique,
    at bigint not null,
    action text not null,
    -- Principal that did it, as in `commands`; `anonymous` where nobody was signed in yet.
    by_principal text not null,
    -- The staff member who claimed a tablet.
    by_staff uuid,
    -- `user:<id>`, `device:<id>`, `staff:<id>`, `account:<id>`: whom it is about.
    about text not null,
    store_id uuid,
    details jsonb not null default '{}'
);
create index audit_of_store on audit (store_id, seq) where store_id is not null;
