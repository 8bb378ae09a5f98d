-- Something known, sealed with the key of this database: with another key it does not open, and the server says so before anybody
-- works with it. Null until the first start that knows this column.

alter table brand add column key_check bytea;
