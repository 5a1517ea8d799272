-- Which posts sign in by password with a one-time code alone: what the security administrator decided last. No row until he has.
create table sign_in_policies (
  id text primary key,
  n bigint not null,
  state jsonb not null,
  at timestamptz not null
);

grant select, insert, update, delete on sign_in_policies to :app_role;
