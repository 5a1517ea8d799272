-- 检举控告 from the rating page: a sealed queue for the supervising body. No hall, device, ticket, address or time; the running server may put
-- in, and can neither read nor count what lies there.

create table report_keys (
  id text primary key,
  public_key bytea not null check (octet_length(public_key) = 32)
);

create table reports (
  id uuid primary key,
  key text not null references report_keys,
  sealed bytea not null check (octet_length(sealed) = 8240)
);

grant select on report_keys to :app_role;
grant insert on reports to :app_role;
