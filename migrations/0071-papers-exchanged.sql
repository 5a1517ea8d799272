-- A voter who would rather fill in a paper by hand gives his code up for it: the same primary key lets a code vote once, or be given up once.

alter table rating_papers_used add column on_paper boolean not null default false;
comment on column rating_papers_used.on_paper is 'Given up for a paper that is filled in by hand: no vote came by this code, and none will.';

-- What was given up is no vote by code any more, neither offered nor used: the sheet that it was given up for is, once its box is sealed.
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
  union all
  select c.id, ((i.count - v.exchanged) * c.departments)::bigint, v.used * c.departments,
    case when i.voided or c.status <> 'open'
      or at >= (c.last_day + 1)::timestamp at time zone 'Asia/Shanghai' + interval '10 minutes'
      then (i.count - v.used - v.exchanged) * c.departments else 0 end
  from rating_campaigns c join rating_campaign_issues i on i.campaign = c.id
  cross join lateral (
    select count(u.hash) filter (where not u.on_paper) as used, count(u.hash) filter (where u.on_paper) as exchanged
    from rating_papers p join rating_papers_used u on u.hash = p.hash where p.issue = i.issue
  ) as v
  union all
  select c.id, sum(b.sheets * c.departments)::bigint, sum(b.sheets * c.departments)::bigint, 0::bigint
  from rating_paper_boxes b join rating_campaigns c on c.id = b.campaign where b.sealed group by c.id
$$;
