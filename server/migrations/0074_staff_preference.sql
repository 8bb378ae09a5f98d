-- Whom a guest asked for is called a staff preference. A quoted name within somebody's words has its quotes escaped and is not met.
update bookings set record = replace(record::text, '"wish": ', '"staff_preference": ')::jsonb where record::text like '%"wish": %';
update commands
set payload = replace(replace(payload::text, '"wish": ', '"staff_preference": '), '"wishes": ', '"staff_preferences": ')::jsonb
where payload::text like '%"wish": %' or payload::text like '%"wishes": %';
