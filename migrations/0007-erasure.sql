-- Personal content may be erased where an entry of the register of the organisation says so, and no other way: the content and its salt go,
-- the reference and the moment stay, and so does the commitment in every entry that holds it.

create index entries_erasures on entries (seq) where type = 'org.personal-erased';

create function guard_personal() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if old.erased_at is null and new.ref = old.ref and new.salt is null and new.content is null and new.erased_at is not null
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

drop trigger personal_fixed on personal;
create trigger personal_fixed before update or delete on personal for each row execute function guard_personal();

grant update on personal to :app_role;
