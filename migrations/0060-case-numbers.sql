-- Numbers that cases were given by correction. What a case was registered under stays its key.

create table case_numbers (
  case_number text not null,
  number text not null,
  stands boolean not null,
  primary key (case_number, number),
  unique (number)
);
comment on table case_numbers is 'Every number that a case was given after the one it was registered under; it is found by each of them for ever.';
comment on column case_numbers.stands is 'Whether the case goes by this number now.';

grant select, insert, update on case_numbers to :app_role;

-- One number never names two cases, whoever writes it.
create function one_case_a_number() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'cases' then
    if exists (select from case_numbers where number = new.id and case_number <> new.id) then
      raise exception 'the number % names another case', new.id using errcode = '23505';
    end if;
  elsif exists (select from cases where id = new.number and id <> new.case_number) then
    raise exception 'the number % names another case', new.number using errcode = '23505';
  end if;
  return new;
end $$;
create trigger one_case_a_number before insert on cases for each row execute function one_case_a_number();
create trigger one_case_a_number before insert or update on case_numbers for each row execute function one_case_a_number();
