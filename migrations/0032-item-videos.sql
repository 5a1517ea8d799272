-- Recordings that show items, by their numbers.

create table item_videos (
  item text not null,
  number text not null check (number <> ''),
  started_at timestamptz not null,
  primary key (item, number, started_at)
);
create index item_videos_number on item_videos (upper(number) text_pattern_ops);

grant select, insert, update on item_videos to :app_role;
