-- A rater who was answered may rate the answer: once, sealed like any other vote, in a group of its own for each hall.

alter table rating_follow_ups
  add column fix_grp text,
  add column fix_expires_at timestamptz,
  add check ((fix_grp is null) = (fix_expires_at is null));

-- That it was used, and nothing of when or how.
create table rating_fix_used (
  follow_up text primary key references rating_follow_ups,
  grp text not null
);
create trigger rating_fix_used_fixed before update or delete on rating_fix_used for each row execute function refuse_change();
create trigger rating_fix_used_kept before truncate on rating_fix_used for each statement execute function refuse_change();

create or replace function rating_votes(at timestamptz)
returns table (grp text, issued bigint, used bigint, expired bigint)
language sql stable security definer set search_path = pg_catalog, public as $$
  select s.grp, count(*), count(u.service), count(*) filter (where u.service is null and s.expires_at <= at)
  from rating_services s left join rating_used u on u.service = s.id
  where s.grp is not null group by s.grp
  union all
  select b.grp, sum(b.sheets)::bigint, sum(b.sheets)::bigint, 0::bigint from rating_boxes b where b.sealed group by b.grp
  union all
  select f.fix_grp, count(*), count(u.follow_up), count(*) filter (where u.follow_up is null and f.fix_expires_at <= at)
  from rating_follow_ups f left join rating_fix_used u on u.follow_up = f.id
  where f.fix_grp is not null group by f.fix_grp
$$;

grant select, insert on rating_fix_used to :app_role;
