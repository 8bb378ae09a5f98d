-- A record that an older program writes over a newer program's form keeps what that program does not know, on every level.

-- Whether the names in an object are days, and so what it says: an entry that is gone was taken away.
create function is_by_day(value jsonb) returns boolean
    language plpgsql immutable parallel safe as $$
begin
    return not exists (select from jsonb_object_keys(value) as name where name !~ '^-?[0-9]+$');
end $$;

-- Whether `newer` is `older` without some of its fields.
create function known_as(older jsonb, newer jsonb) returns boolean
    language plpgsql immutable parallel safe as $$
begin
    if jsonb_typeof(older) = 'object' and jsonb_typeof(newer) = 'object' and not is_by_day(older) then
        return not exists (
            select from jsonb_each(newer) as field
            where not older ? field.key or not known_as(older -> field.key, field.value));
    elsif jsonb_typeof(older) = 'array' and jsonb_typeof(newer) = 'array' then
        return jsonb_array_length(older) = jsonb_array_length(newer) and not exists (
            select from jsonb_array_elements(newer) with ordinality as element(value, place)
            where not known_as(older -> (element.place - 1)::integer, element.value));
    end if;
    return older = newer;
end $$;

-- What is written, with the fields that only `older` has. Of two objects without a common field one is not the other in a later form
-- (another variant). What is replaced as a whole, as who wrote something and when, is no place for a new field. An element of a list is
-- found again where it is unchanged, or in its place where that belongs to no other.
create function kept_within(older jsonb, newer jsonb) returns jsonb
    language plpgsql immutable parallel safe as $$
begin
    if jsonb_typeof(older) = 'object' and jsonb_typeof(newer) = 'object' then
        if is_by_day(older) or not older ?| array(select jsonb_object_keys(newer)) then
            return newer;
        end if;
        return older || (
            select jsonb_object_agg(field.key, case
                when older ? field.key then kept_within(older -> field.key, field.value)
                else field.value end)
            from jsonb_each(newer) as field);
    elsif jsonb_typeof(older) = 'array' and jsonb_typeof(newer) = 'array' then
        return coalesce((
            select jsonb_agg(case
                    when known_as(older -> place, element) then older -> place
                    when same.value is not null then same.value
                    when is_its_own then kept_within(older -> place, element)
                    else element end
                order by place)
            from (select value as element, (ordinality - 1)::integer as place from jsonb_array_elements(newer) with ordinality) as written
            left join lateral (
                select value from jsonb_array_elements(older) where known_as(value, element) limit 1) as same on true
            cross join lateral (
                select jsonb_array_length(older) = jsonb_array_length(newer) and not exists (
                    select from jsonb_array_elements(newer) as other where known_as(older -> place, other)) as is_its_own) as its
        ), '[]');
    end if;
    return newer;
end $$;

-- The places of the fields that only `older` has and that say something personal (null in the record, and sealed), as paths; none of them
-- within a list, whose elements may have moved.
create function unknown_places(older jsonb, newer jsonb, above text) returns text[]
    language plpgsql immutable parallel safe as $$
begin
    if jsonb_typeof(older) <> 'object' or jsonb_typeof(newer) <> 'object' or is_by_day(older)
        or not older ?| array(select jsonb_object_keys(newer)) then
        return '{}';
    end if;
    return coalesce((
        select array_agg(place)
        from jsonb_each(older) as field
        cross join lateral unnest(case
            when newer ? field.key then unknown_places(field.value, newer -> field.key, above || '/' || field.key)
            when jsonb_path_exists(field.value, '$.** ? (@ == null)') then array[above || '/' || field.key]
            else '{}' end) as place
    ), '{}');
end $$;

-- `$kept` holds the seal of the newer form and the places in it that the older program did not know, where there are any.
create function kept_of_newer(old_record jsonb, new_record jsonb, old_seal bytea) returns jsonb
    language plpgsql immutable parallel safe as $$
declare
    places text[] := unknown_places(old_record, new_record, '');
begin
    if old_seal is null or old_record ? '$kept' or places = '{}' then
        return kept_within(old_record, new_record);
    end if;
    return kept_within(old_record, new_record)
        || jsonb_build_object('$kept', jsonb_build_object('places', to_jsonb(places), 'seal', encode(old_seal, 'hex')));
end $$;

-- Simple enough to become part of the statement: a call for every record that is written would cost as much as writing it. The one of four
-- arguments stays for programs that run while this is made.
create function kept(old_form smallint, new_form smallint, old_record jsonb, new_record jsonb, old_seal bytea) returns jsonb
    language sql immutable parallel safe
    return case when old_form <= new_form then new_record else kept_of_newer(old_record, new_record, old_seal) end;
