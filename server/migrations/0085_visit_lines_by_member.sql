-- Who served a member last: read while somebody is chosen for a returning guest who leaves it to the store.
create index visit_lines_by_member on visit_lines (store_id, member_id, starts_at desc) where state = 'completed' and member_id is not null;
