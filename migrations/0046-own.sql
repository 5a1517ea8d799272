-- What somebody keeps for himself: lists that he comes back to, and work that he has begun and not yet done. No act, so in no register.

create table own_views (
  person text not null,
  name text not null check (length(name) between 1 and 60),
  path text not null check (length(path) <= 500 and path like '/%' and path not like '//%'),
  kept_at timestamptz not null,
  primary key (person, name)
);

-- May hold names of holders and witnesses: gone once the work is done, and after a term in any case.
create table own_drafts (
  person text not null,
  about text not null check (length(about) <= 100),
  content text not null check (length(content) <= 200000),
  kept_at timestamptz not null,
  primary key (person, about)
);
create index own_drafts_kept on own_drafts (kept_at);

-- How full the disk was, once a day: what a forecast is made of.
create table disk_days (
  folder text not null,
  day date not null,
  free_bytes bigint not null check (free_bytes >= 0),
  size_bytes bigint not null check (size_bytes > 0),
  primary key (folder, day)
);

grant select, insert, update, delete on own_views, own_drafts, disk_days to :app_role;
