-- Those who still wait for a time, by store and day: asked whenever time becomes free. 14 is the kind of entries of the waitlist.
create index records_waiting on records (store_id, ends_at) where kind = 14 and not settled;
