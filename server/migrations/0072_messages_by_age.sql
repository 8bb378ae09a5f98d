-- What was settled long ago is removed: found by age without a cost for what is written.
create index messages_by_age on messages using brin (created_at);
