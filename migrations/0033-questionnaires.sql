-- What halls ask, version by version: drafted by one, opened by another, closed when the next one opens. What was opened is never changed.

create table rating_questionnaires (
  id text primary key check (id = hall || '@' || version),
  n bigint not null,
  state jsonb not null,
  hall text not null,
  version integer not null check (version > 0),
  status text not null check (status in ('draft', 'open', 'closed', 'dropped')),
  unique (hall, version)
);
-- One is written at a time, and one is asked.
create unique index rating_questionnaires_draft on rating_questionnaires (hall) where status = 'draft';
create unique index rating_questionnaires_open on rating_questionnaires (hall) where status = 'open';

grant select, insert, update on rating_questionnaires to :app_role;
