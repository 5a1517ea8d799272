-- What a station is in the middle of held names of people before it came to hold their ids alone: wherever somebody is named, the id stays.
-- The last word that was said there may name somebody too; nobody waits for it any more.

create function pg_temp.without_names(value jsonb) returns jsonb language plpgsql as $$
begin
  if jsonb_typeof(value) = 'array' then
    return (
      select coalesce(jsonb_agg(pg_temp.without_names(one) order by place), '[]')
      from jsonb_array_elements(value) with ordinality as those (one, place)
    );
  end if;
  if jsonb_typeof(value) <> 'object' then
    return value;
  end if;
  if jsonb_typeof(value -> 'id') = 'string' and jsonb_typeof(value -> 'name') = 'string' then
    return jsonb_build_object('isPerson', value -> 'id') || pg_temp.without_names(value - 'id' - 'name');
  end if;
  return (select coalesce(jsonb_object_agg(key, pg_temp.without_names(member)), '{}') from jsonb_each(value) as those (key, member));
end
$$;

update station_sessions set session = pg_temp.without_names(session - 'verdict') || '{"verdict": null}';

drop function pg_temp.without_names(jsonb);
