-- Records are read and written whole, never searched by what is in them: as text they are neither taken apart when they are written nor put
-- together again whenever they are read.
alter table bookings alter column record type json using record::json;
alter table members alter column record type json using record::json;
alter table records alter column record type json using record::json;

-- Simple enough to become part of the statement, as before.
create function kept(old_form smallint, new_form smallint, old_record json, new_record json, old_seal bytea) returns json
    language sql immutable parallel safe
    return case when old_form <= new_form then new_record
        else kept_of_newer(old_record::jsonb, new_record::jsonb, old_seal)::json end;
drop function kept(smallint, smallint, jsonb, jsonb, bytea);
