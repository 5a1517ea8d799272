-- What was counted makes follow-ups for counters: which batches were looked at, so that each is looked at once.

-- The cursor over what the tally writes. Batches have random ids and no order, so it is a mark for each.
create table rating_batches_read (
  batch uuid primary key references rating_batches
);
create trigger rating_batches_read_fixed before update or delete on rating_batches_read for each row execute function refuse_change();
create trigger rating_batches_read_kept before truncate on rating_batches_read for each statement execute function refuse_change();
-- What was counted before there were follow-ups for counters starts none now: its days to deal with it are long over.
insert into rating_batches_read select id from rating_batches;

alter table rating_follow_ups
  drop constraint rating_follow_ups_status_check,
  add check (status in ('new', 'assigned', 'called', 'verified', 'settled', 'appealed', 'fed-back', 'closed'));

grant select, insert on rating_batches_read to :app_role;
