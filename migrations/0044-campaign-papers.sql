-- Papers of a campaign that are filled in by hand: what a box of them held, typed in by two people apart, as a hall's box is.

alter table rating_campaigns add column on_paper boolean not null default false;

create table rating_paper_boxes (
  id text primary key check (id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
  n bigint not null,
  state jsonb not null,
  campaign text not null,
  unit text not null,
  sheets integer not null check (sheets >= 10),
  sealed boolean not null,
  opened_at timestamptz not null
);
create index rating_paper_boxes_unit on rating_paper_boxes (unit, opened_at);
create index rating_paper_boxes_campaign on rating_paper_boxes (campaign);

-- What was typed in, until both agree or a third has looked; gone in the transaction that seals it. No register holds it.
create table rating_paper_box_entries (
  box text not null references rating_paper_boxes,
  round smallint not null check (round between 1 and 2),
  sheets jsonb not null,
  primary key (box, round)
);

-- A campaign with papers filled in by hand is counted once somebody has said that no more come, by ending it.
create or replace function rating_running(at timestamptz) returns setof text
language sql stable security definer set search_path = pg_catalog, public as $$
  select id from rating_campaigns
  where status = 'open'
    and (on_paper or at < (last_day + 1)::timestamp at time zone 'Asia/Shanghai' + interval '10 minutes')
$$;

-- A sheet of a box that was sealed is one vote on each department, offered and used at once. A code that nobody used is of no more use behind the last
-- day, also where papers are still typed in.
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
  select c.id, (i.count * c.departments)::bigint, v.used * c.departments,
    case when i.voided or c.status <> 'open'
      or at >= (c.last_day + 1)::timestamp at time zone 'Asia/Shanghai' + interval '10 minutes'
      then (i.count - v.used) * c.departments else 0 end
  from rating_campaigns c join rating_campaign_issues i on i.campaign = c.id
  cross join lateral (
    select count(u.hash) as used from rating_papers p join rating_papers_used u on u.hash = p.hash where p.issue = i.issue
  ) as v
  union all
  select c.id, sum(b.sheets * c.departments)::bigint, sum(b.sheets * c.departments)::bigint, 0::bigint
  from rating_paper_boxes b join rating_campaigns c on c.id = b.campaign where b.sealed group by c.id
$$;

grant select, insert, update on rating_paper_boxes to :app_role;
grant select, insert, delete on rating_paper_box_entries to :app_role;
