-- What was odd about how a vote came, sealed to the tally beside it; and how often it was, by day, for who looks at a hall.

-- Of one length whatever it says. Null for ballots that were cast before this, and for those of no service.
alter table rating_ballots add column marks bytea check (octet_length(marks) = 64);

create table rating_flags (
  hall text not null,
  day date not null,
  counter text not null,
  -- '' where what was tried belongs to no service.
  clerk text not null,
  kind text not null,
  n integer not null check (n > 0),
  primary key (hall, day, counter, clerk, kind)
);

-- Which votes of a counter were offered right before.
create index rating_services_rush on rating_services (counter, expires_at) where grp is not null;

grant select, insert, update on rating_flags to :app_role;
