-- Campaigns (行风评议): departments are judged by groups of voters, each voter by one paper whose code nobody keeps.

create table rating_campaigns (
  id text primary key check (id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
  n bigint not null,
  state jsonb not null,
  unit text not null,
  status text not null check (status in ('draft', 'open', 'closed', 'published', 'dropped')),
  last_day date not null,
  departments integer not null check (departments > 0),
  drafted_at timestamptz not null
);
create index rating_campaigns_unit on rating_campaigns (unit, drafted_at);

-- Codes that were made together for one group of voters.
create table rating_campaign_issues (
  campaign text not null references rating_campaigns,
  issue text not null,
  grp text not null,
  count integer not null check (count > 0),
  voided boolean not null,
  primary key (campaign, issue)
);
create unique index rating_campaign_issues_issue on rating_campaign_issues (issue);

-- Of each code its hash: no name, no number, no order.
create table rating_papers (
  hash bytea primary key check (octet_length(hash) = 32),
  issue text not null
);
create index rating_papers_issue on rating_papers (issue);
create trigger rating_papers_fixed before update or delete on rating_papers for each row execute function refuse_change();
create trigger rating_papers_kept before truncate on rating_papers for each statement execute function refuse_change();

-- That a code was used, and nothing of when or how. The primary key is what makes it one use.
create table rating_papers_used (
  hash bytea primary key references rating_papers
);
create trigger rating_papers_used_fixed before update or delete on rating_papers_used
  for each row execute function refuse_change();
create trigger rating_papers_used_kept before truncate on rating_papers_used
  for each statement execute function refuse_change();

-- Campaigns whose votes are not counted yet: all of a campaign is counted at once, when no vote can come any more. A vote that was on its way at
-- the end of the last day is waited for.
create function rating_running(at timestamptz) returns setof text
language sql stable security definer set search_path = pg_catalog, public as $$
  select id from rating_campaigns
  where status = 'open' and at < (last_day + 1)::timestamp at time zone 'Asia/Shanghai' + interval '10 minutes'
$$;
revoke execute on function rating_running(timestamptz) from public;

-- A code is one vote on each department.
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
    case when i.voided or c.id not in (select rating_running(at)) then (i.count - v.used) * c.departments else 0 end
  from rating_campaigns c join rating_campaign_issues i on i.campaign = c.id
  cross join lateral (
    select count(u.hash) as used from rating_papers p join rating_papers_used u on u.hash = p.hash where p.issue = i.issue
  ) as v
$$;

grant select, insert, update on rating_campaigns to :app_role;
grant select, insert, update, delete on rating_campaign_issues to :app_role;
grant select, insert on rating_papers, rating_papers_used to :app_role;
