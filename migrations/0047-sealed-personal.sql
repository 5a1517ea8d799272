-- Personal content is encrypted under a key that stands outside the database, its salt with it: who has salt and commitment could guess names.
-- What stands in clear from before is sealed once at a start of the program; both are read until then.

alter table personal add column sealed bytea;
comment on column personal.sealed is 'Salt and content under the key of the installation (AES-256-GCM), bound to this reference.';

alter table personal drop constraint personal_check;
alter table personal add constraint personal_check check (
  case
    when erased_at is not null then salt is null and content is null and sealed is null
    when sealed is not null then salt is null and content is null
    else salt is not null and content is not null
  end
);
create index personal_in_clear on personal (ref) where content is not null;

create or replace function guard_personal() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if old.erased_at is null and new.erased_at is null and new.ref = old.ref
      and old.sealed is null and new.sealed is not null and new.salt is null and new.content is null
    then
      return new;
    end if;
    if old.erased_at is null and new.ref = old.ref and new.salt is null and new.content is null and new.sealed is null
      and new.erased_at is not null
      and exists (
        select from entries where register = 'org' and type = 'org.personal-erased'
          and text::jsonb #> '{body,erased}' @> jsonb_build_array(jsonb_build_object('ref', old.ref))
      )
    then
      return new;
    end if;
  end if;
  raise exception 'personal content is erased only where a register says so' using errcode = 'restrict_violation';
end $$;
