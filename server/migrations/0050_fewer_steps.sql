-- One step instead of two for what every decision in a store begins with: its row is locked, and only then is read what surrounds it,
-- as whoever had the row before has left it.

create function lock_store(wanted uuid, desk text)
    returns table (version bigint, heard_at bigint, head bigint)
    language plpgsql
    as $$
begin
    perform from stores where stores.id = wanted for no key update;
    return query
        select brand.version,
               (select desk_heard.at from desk_heard where desk_heard.store_id = wanted),
               (select heads.head from heads where heads.scope = desk)
        from brand;
end
$$;
