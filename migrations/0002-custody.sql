-- Custody: cases, items and their holders, hand-over lists, locations, loans, labels, notices; approvals.
-- Each table is an answer that the registers give: id, n, state, and columns derived from the state.

create table cases (
  id text primary key,
  n bigint not null,
  state jsonb not null,
  unit text not null,
  track text not null check (track in ('DISCIPLINE', 'SUPERVISION', 'ADMIN', 'TAX')),
  status text not null check (status in ('OPEN')),
  opened_at timestamptz not null
);
create index cases_unit on cases (unit, opened_at);

-- Who handles a case: what officers may see goes by it.
create table case_officers (
  case_number text not null,
  person text not null,
  primary key (case_number, person)
);
create index case_officers_person on case_officers (person);

create table items (
  id text primary key check (id ~ '^W[0-9A-Z]{13}$'),
  n bigint not null,
  state jsonb not null,
  epc text not null unique check (epc ~ '^[0-9A-F]{24}$'),
  case_number text not null,
  ordinal integer not null check (ordinal > 0),
  unit text not null,
  year integer not null,
  serial integer not null check (serial > 0),
  name text not null,
  category text not null,
  quantity numeric not null check (quantity > 0),
  quantity_unit text not null,
  measure_status text not null,
  custody_status text not null,
  seal_status text not null,
  disposition_status text not null,
  frozen boolean not null,
  store text,
  location text,
  list text,
  holder text not null,
  borrower text,
  loan_due_at timestamptz,
  last_at timestamptz not null,
  unique (unit, year, serial),
  unique (case_number, ordinal),
  check ((custody_status = 'IN_STORE') = (location is not null)),
  check ((custody_status = 'PENDING_HANDOVER') = (list is not null)),
  check ((custody_status = 'BORROWED') = (borrower is not null and loan_due_at is not null))
);
create index items_location on items (location) where location is not null;
create index items_store on items (store, custody_status) where store is not null;
create index items_frozen on items (last_at) where frozen;
create index items_due on items (loan_due_at) where loan_due_at is not null;

-- No two holders at one instant, whoever writes. Checked at commit: an item passes on by closing one row and opening the next.
create table holdings (
  item text not null,
  ordinal integer not null check (ordinal > 0),
  who text not null check (who ~ '^(unit|store|person)/.+$'),
  from_at timestamptz not null,
  to_at timestamptz check (to_at >= from_at),
  primary key (item, ordinal),
  exclude using gist (item with =, tstzrange(from_at, to_at) with &&) deferrable initially deferred
);
create index holdings_who on holdings (who) where to_at is null;

create table item_photos (
  item text not null,
  photo text not null check (photo ~ '^[0-9a-f]{64}$'),
  at timestamptz not null,
  primary key (item, photo)
);
create index item_photos_photo on item_photos (photo);

create table incidents (
  item text not null,
  ordinal integer not null check (ordinal > 0),
  kind text not null check (kind in ('damage', 'shortage', 'substitution', 'loss')),
  opened_at timestamptz not null,
  concluded_at timestamptz check (concluded_at >= opened_at),
  primary key (item, ordinal)
);
create unique index incidents_one_open on incidents (item) where concluded_at is null;
create index incidents_concluded on incidents (concluded_at) where concluded_at is not null;

create table lists (
  id text primary key check (id ~ '^D[0-9A-Z]{13}$'),
  n bigint not null,
  state jsonb not null,
  unit text not null,
  cases text[] not null check (cases <> '{}'),
  store text not null,
  year integer not null,
  serial integer not null check (serial > 0),
  pending integer not null check (pending >= 0),
  submitted_at timestamptz not null,
  unique (unit, year, serial)
);
create index lists_store on lists (store, submitted_at);
create index lists_unit on lists (unit, submitted_at);

create table list_lines (
  list text not null,
  item text not null,
  outcome text not null check (outcome in ('pending', 'checked-in', 'refused')),
  primary key (list, item)
);
create unique index list_lines_one_pending on list_lines (item) where outcome = 'pending';

create table locations (
  id text primary key check (id ~ '^L[0-9A-Z]{13}$'),
  n bigint not null,
  state jsonb not null,
  store text not null,
  name text not null,
  storage_class text not null,
  capacity integer not null check (capacity > 0),
  year integer not null,
  serial integer not null check (serial > 0),
  unique (store, year, serial)
);

create table loans (
  id text primary key,
  n bigint not null,
  state jsonb not null,
  unit text not null,
  cases text[] not null check (cases <> '{}'),
  store text not null,
  borrower text not null,
  due_at timestamptz not null,
  outstanding integer not null check (outstanding >= 0)
);
create index loans_due on loans (store, due_at) where outstanding > 0;

create table labels (
  id text primary key,
  n bigint not null,
  state jsonb not null,
  code text not null,
  issue integer not null check (issue > 0),
  status text not null check (status in ('wanted', 'printed', 'failed', 'unknown')),
  scanned_back boolean not null,
  void boolean not null,
  station text not null,
  wanted_at timestamptz not null,
  unique (code, issue)
);
create index labels_wanted on labels (station, wanted_at) where status = 'wanted' and not void;

create table notices (
  id text primary key,
  n bigint not null,
  state jsonb not null,
  unit text not null,
  person text,
  at timestamptz not null
);
create index notices_person on notices (person, at);
create index notices_unit on notices (unit, at);
create index notices_at on notices (at);

create table approvals (
  id text primary key,
  n bigint not null,
  state jsonb not null,
  unit text not null,
  command text not null,
  requester text not null,
  status text not null check (status in ('asked', 'granted', 'refused')),
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  decided_by text,
  check (decided_by is distinct from requester),
  check ((status = 'asked') = (decided_by is null))
);
create index approvals_unit on approvals (unit, status, asked_at);
create index approvals_requester on approvals (requester, asked_at);
create index approvals_decided_by on approvals (decided_by) where decided_by is not null;

grant select, insert, update on
  cases, case_officers, items, holdings, item_photos, incidents, lists, list_lines, locations, loans, labels, notices, approvals to :app_role;
