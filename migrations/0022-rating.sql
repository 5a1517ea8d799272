-- Service halls: what is done there, who sits at which counter, who was served, and the sealed ballots of those who rated it.

create table rating_matters (
  id text primary key check (id ~ '^[a-z][a-z0-9-]{0,31}$'),
  n bigint not null,
  state jsonb not null,
  hall text not null,
  name text not null
);

create table rating_counters (
  id text primary key,
  n bigint not null,
  state jsonb not null,
  hall text not null,
  clerk text
);
-- A clerk sits at one counter.
create unique index rating_counters_clerk on rating_counters (clerk) where clerk is not null;

create table rating_services (
  id text primary key check (id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
  n bigint not null,
  state jsonb not null,
  hall text not null,
  counter text not null,
  clerk text not null,
  matter text not null,
  number text,
  opened_at timestamptz not null,
  closed boolean not null,
  -- Of the one vote that was offered; null as long as none was.
  grp text,
  expires_at timestamptz,
  check ((grp is null) = (expires_at is null))
);
-- 一次一评: one service, one rating.
create unique index rating_services_number on rating_services (hall, number) where number is not null;
create index rating_services_open on rating_services (counter, opened_at) where not closed;
create index rating_services_offered on rating_services (grp, expires_at) where grp is not null;

-- That a vote was used, and nothing of when or how. The primary key is what makes it one use.
create table rating_used (
  service text primary key references rating_services,
  grp text not null
);
create trigger rating_used_fixed before update or delete on rating_used for each row execute function refuse_change();
create trigger rating_used_kept before truncate on rating_used for each statement execute function refuse_change();

-- To which ballots are sealed, by period; only the tally writes here. The private halves are in no database.
create table rating_keys (
  id text primary key,
  public_key bytea not null check (octet_length(public_key) = 32),
  -- Verifies the statements of the tally (Ed25519).
  signing_key bytea not null check (octet_length(signing_key) = 32),
  published_on date not null,
  destroyed_on date
);

-- Ballots that wait to be counted: no time, no number, no service, no device.
create table rating_ballots (
  id uuid primary key,
  grp text not null,
  form text not null check (form in ('short', 'full')),
  key text not null references rating_keys,
  sealed bytea not null check (octet_length(sealed) = 1072)
);
create index rating_ballots_grp on rating_ballots (grp, form);

-- What was counted, a batch at a time; fewer than ten are never counted.
create table rating_batches (
  id uuid primary key,
  grp text not null,
  form text not null check (form in ('short', 'full')),
  day date not null,
  n integer not null check (n >= 10),
  counts jsonb not null
);
create index rating_batches_grp on rating_batches (grp, day);
create trigger rating_batches_fixed before update or delete on rating_batches for each row execute function refuse_change();
create trigger rating_batches_kept before truncate on rating_batches for each statement execute function refuse_change();

-- Raters' own words, apart from every level; by hall and day of counting.
create table rating_words (
  id uuid primary key,
  hall text not null,
  day date not null,
  words text not null check (length(words) between 1 and 300)
);
create index rating_words_hall on rating_words (hall, day);

-- Signed statements that every vote is accounted for; each names the hash of the one before.
create table rating_accounts (
  seq bigint primary key check (seq > 0),
  key text not null references rating_keys,
  text text not null,
  signature bytea not null check (octet_length(signature) = 64)
);
create trigger rating_accounts_fixed before update or delete on rating_accounts for each row execute function refuse_change();
create trigger rating_accounts_kept before truncate on rating_accounts for each statement execute function refuse_change();

-- How many votes were offered, used and let go by, for the tally, which may not read who was served.
create function rating_votes(at timestamptz)
returns table (grp text, issued bigint, used bigint, expired bigint)
language sql stable security definer set search_path = pg_catalog, public as $$
  select s.grp, count(*), count(u.service), count(*) filter (where u.service is null and s.expires_at <= at)
  from rating_services s left join rating_used u on u.service = s.id
  where s.grp is not null group by s.grp
$$;
revoke execute on function rating_votes(timestamptz) from public;

grant select, insert, update on rating_matters, rating_counters, rating_services to :app_role;
grant select, insert on rating_used to :app_role;
grant select on rating_keys, rating_batches, rating_words, rating_accounts to :app_role;
grant insert on rating_ballots to :app_role;
-- Not the sealed ballot, and so neither its place nor its transaction.
grant select (grp, form, key) on rating_ballots to :app_role;
