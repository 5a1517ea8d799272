-- What a search looks through, in tables of their own: an item moves often and is hardly ever called otherwise, so moving it writes nothing here.

create table item_words (
  item text primary key,
  words text not null,
  initials text not null,
  grams text[] not null
);
comment on column item_words.words is 'Name, case number and code in lower case, a line each.';
comment on column item_words.initials is 'First letters of the name in pinyin; a line for each way to read it.';
comment on column item_words.grams is 'Every character of both and every two neighbours, each once. Two are enough for a word of Chinese.';
create index item_words_grams on item_words using gin (grams);

create table item_numbers (
  item text not null,
  number text not null,
  primary key (item, number)
);
comment on column item_numbers.number is 'Of a seal it wears or wore or of the notice by which it was taken, in upper case and without what stands between its figures.';
create index item_numbers_number on item_numbers (number text_pattern_ops);

create table item_sealed (
  item text not null,
  ref uuid not null,
  primary key (item, ref)
);
comment on table item_sealed is 'Where personal content stands that an item may be found by.';
create index item_sealed_ref on item_sealed (ref);

-- A number that stands in sealed content is found by itself alone and read out of nothing: only who has the keys can reckon the mark.
create table personal_marks (
  ref uuid not null references personal,
  mark bytea not null check (octet_length(mark) = 32),
  primary key (mark, ref)
);
comment on column personal_marks.mark is 'HMAC-SHA-256 of a number under a key that follows from that of the installation; gone when the content is erased.';
create index personal_marks_ref on personal_marks (ref);

grant select, insert, update on item_words, item_numbers, item_sealed to :app_role;
grant select, insert, delete on personal_marks to :app_role;
