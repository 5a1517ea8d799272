-- Which version each hall asks, and since when: so that the tally, which may read nobody's services, knows which groups get no more ballots.

create function rating_asked()
returns table (hall text, questionnaire text, since timestamptz)
language sql stable security definer set search_path = pg_catalog, public as $$
  select q.hall, q.id, (q.state -> 'opened' ->> 'at')::timestamptz from rating_questionnaires q where q.status = 'open'
$$;
revoke execute on function rating_asked() from public;
