-- A case that was merged into another.

alter table cases drop constraint cases_status_check;
alter table cases add constraint cases_status_check check (status in ('OPEN', 'CLOSED', 'MERGED'));
