-- Pictures of signed receipts of service, by the paper that was served.

create table paper_scans (
  paper text not null,
  scan text not null check (scan ~ '^[0-9a-f]{64}$'),
  primary key (paper, scan)
);
create index paper_scans_scan on paper_scans (scan);

grant select, insert, update on paper_scans to :app_role;
