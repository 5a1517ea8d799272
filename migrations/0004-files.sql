-- Photos: which sealed originals there are. The bytes stand in the folder of files, under their hash.

create table files (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes integer not null check (bytes between 1 and 20971520),
  mime text not null check (mime in ('image/jpeg', 'image/png')),
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  kept_at timestamptz not null,
  kept_by text not null,
  check (width::bigint * height <= 40000000)
);
create index files_of_a_person on files (kept_by, kept_at);
create trigger files_fixed before update or delete on files for each row execute function refuse_change();
create trigger files_kept before truncate on files for each statement execute function refuse_change();

grant select, insert on files to :app_role;
