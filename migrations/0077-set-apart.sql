-- 依法例外: a clock says of what it handed to a clock of its own that it was not done there; what was handed over before that was kept, read again from the registers.

with handed as (
  select p.subject as clock, one.value as subject
  from entries p cross join jsonb_array_elements_text(p.text::jsonb #> '{body,subjects}') as one
  where p.type = 'clock.passed' and p.text::jsonb #> '{body,to}' = '[]'
)
update clocks c set state = jsonb_set(c.state, '{subjects}', (
  select jsonb_agg(case when exists (
      select from handed where handed.clock = 'clock/' || c.id and handed.subject = its.one ->> 'subject'
    ) then its.one || '{"apart": true}' else its.one end order by its.nth)
  from jsonb_array_elements(c.state -> 'subjects') with ordinality as its (one, nth)))
where 'clock/' || c.id in (select handed.clock from handed);
