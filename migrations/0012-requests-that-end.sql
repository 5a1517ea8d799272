-- Requests and papers of disposal that come to nothing: taken back by who asked, or refused.

alter table approvals drop constraint approvals_status_check;
alter table approvals add constraint approvals_status_check
  check (status in ('asked', 'granted', 'refused', 'withdrawn'));
alter table approvals drop constraint approvals_check1;
alter table approvals add constraint approvals_decided_check
  check ((status in ('granted', 'refused')) = (decided_by is not null));
-- Whether anybody is still asked about a paper of disposal.
create index approvals_disposal on approvals ((state #>> '{deed,disposal}')) where status = 'asked';

alter table disposals drop constraint disposals_status_check;
alter table disposals add constraint disposals_status_check
  check (status in ('proposed', 'approved', 'done', 'refused', 'withdrawn'));
