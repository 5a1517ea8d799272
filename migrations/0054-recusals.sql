-- Who is recused from a case stands beside who handles it.

alter table case_officers add column recused boolean not null default false;
comment on column case_officers.recused is 'Whether this person may not handle, approve or keep anything of the case.';
