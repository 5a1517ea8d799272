-- Who looks after the devices of a counter at one of its screens, and until when no vote is offered there for that.
alter table station_screens add column maintained_by text, add column maintained_until timestamptz;
alter table station_screens add check ((maintained_by is null) = (maintained_until is null));
