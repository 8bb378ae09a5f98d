-- How often codes are asked for is counted in `attempts`, under its lock.
alter table desk_codes drop column asked;
