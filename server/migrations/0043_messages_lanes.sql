-- Codes are taken before everything else and by a worker of their own; what is beyond a person's messages an hour stays in the house.

alter table messages drop constraint messages_state_check;
alter table messages add constraint messages_state_check check (state in ('waiting', 'sending', 'sent', 'failed', 'withheld'));
create index messages_codes_waiting on messages (next_attempt_at) where kind = 'code' and state in ('waiting', 'sending');
create index messages_of_account on messages (account_id, created_at) where account_id is not null;
create index messages_of_member on messages (member_id, created_at) where member_id is not null;
