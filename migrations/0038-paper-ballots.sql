-- Ballots of sheets that were typed in are counted apart: who typed them knows what they say, and so what is left of a batch that others are in.

alter table rating_ballots drop constraint rating_ballots_form_check,
  add constraint rating_ballots_form_check check (form in ('short', 'full', 'paper'));
alter table rating_batches drop constraint rating_batches_form_check,
  add constraint rating_batches_form_check check (form in ('short', 'full', 'paper'));
