-- Visits are looked for by the time they touch: with both ends in the index, those of the days before are passed over without being read.
drop index bookings_by_start;
create index bookings_by_time on bookings (store_id, starts_at, ends_at);

-- The log grows in the order of time and is searched by people, seldom: a summary of its blocks is enough, and costs a booking nothing.
drop index commands_of_store;
create index commands_by_time on commands using brin (decided_at);
