-- Call-back samples (抽样回访): services drawn by lot, and what became of each call. What was said stands with personal content, sealed.

create table rating_samples (
  id text primary key check (id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
  n bigint not null,
  state jsonb not null,
  hall text not null,
  ordered_at timestamptz not null
);
create index rating_samples_hall on rating_samples (hall, ordered_at);

grant select, insert, update on rating_samples to :app_role;
