-- Which versions ask for a rater's own words: so that the tally keeps none that nobody asked for.

create function rating_words_asked()
returns setof text
language sql stable security definer set search_path = pg_catalog, public as $$
  select q.id from rating_questionnaires q where q.status in ('open', 'closed') and q.state -> 'asksWords' = 'true'::jsonb
$$;
revoke execute on function rating_words_asked() from public;

-- What a person has to look at of another PC is told in both languages; older ones were told in English alone.
alter table agent_faults add column detail_zh text check (length(detail_zh) <= 500);
