-- Papers that were issued: a form filled in, numbered without a gap within its unit, form and year. The files stand with what is sealed.

create table papers (
  id text primary key check (id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
  n bigint not null,
  state jsonb not null,
  form text not null,
  kind text not null,
  unit text not null,
  year integer not null check (year between 2000 and 2099),
  serial integer not null check (serial > 0),
  of_thing text not null,
  of_part text,
  store text,
  stands boolean not null,
  issued_at timestamptz not null,
  unique (unit, form, year, serial)
);
-- One of a kind about one thing stands at a time.
create unique index papers_standing on papers (kind, of_thing, coalesce(of_part, '')) where stands;

create table paper_cases (
  paper text not null,
  case_number text not null,
  primary key (paper, case_number)
);
create index paper_cases_case on paper_cases (case_number);

create table paper_items (
  paper text not null,
  item text not null,
  primary key (paper, item)
);
create index paper_items_item on paper_items (item);

grant select, insert, update on papers, paper_cases, paper_items to :app_role;
