-- The path of a kept list carries what was searched for, and that may be a name, a plate or a serial number: it is sealed as drafts are. Lists kept
-- before stood in clear; whoever wants one keeps it again.
drop table own_views;
create table own_views (
  id uuid primary key,
  person text not null,
  sealed bytea not null,
  kept_at timestamptz not null
);
create index own_views_person on own_views (person);

grant select, insert, update, delete on own_views to :app_role;
