-- Blocked time may be that of a room, a station or a piece of equipment: a block says whose by the name that all of them share.
update records
set record = (record - 'staff') || jsonb_build_object('resource', record -> 'staff')
where kind = 6 and record ? 'staff';
