-- Silence at counters: what each hall ruled, what is silent now; and when a screen of a station was last there.

create table rating_silence_rules (
  id text primary key,
  n bigint not null,
  state jsonb not null
);

create table rating_silences (
  id text primary key,
  n bigint not null,
  state jsonb not null,
  hall text not null,
  silent boolean not null,
  told_at timestamptz not null
);
create index rating_silences_open on rating_silences (told_at, id) where silent;

alter table station_screens add column seen_at timestamptz;

grant select, insert, update on rating_silence_rules, rating_silences to :app_role;
