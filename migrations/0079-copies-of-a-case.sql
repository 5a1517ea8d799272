-- 抄送监督: granted requests by what each names, so that those of one case are found without reading all there ever were.

-- What a request names: cases, items, a loan, a disposal, a clock, each as registers call it.
create function subjects_of_deed(deed jsonb) returns text[] language sql immutable parallel safe as $$
  select array(
    select 'case/' || (deed ->> 'case') where deed ->> 'case' is not null
    union select 'case/' || (deed ->> 'into') where deed ->> 'into' is not null
    union select deed ->> 'about' where deed ->> 'about' is not null
    union select 'item/' || coalesce(line ->> 'item', line #>> '{}') from jsonb_array_elements(
      case jsonb_typeof(deed -> 'items') when 'array' then deed -> 'items' else '[]' end) as line
    union select 'loan/' || (deed ->> 'loan') where deed ->> 'loan' is not null
    union select 'disposal/' || (deed ->> 'disposal') where deed ->> 'disposal' is not null
    union select 'clock/' || (deed ->> 'clock') where deed ->> 'clock' is not null)
$$;

create index approvals_subjects on approvals using gin (subjects_of_deed(state -> 'deed')) where status = 'granted';
create index loans_cases on loans using gin (cases);
-- By equality alone: an order of them would tempt the planner through all clocks of all cases.
create index clocks_matter on clocks using hash ((state ->> 'matter'));
