-- The keyed hash of the number that a person has proven to be theirs. A proven number belongs to one account, whoever of its members it
-- reaches; a number that was only typed is found through `phone_index`.

alter table members add column verified_index bytea;
alter table members add constraint verified_number_of_one_account exclude using gist (verified_index with =, account_id with <>);
