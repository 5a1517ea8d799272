-- When a device was last ready: since when it is silent follows from that, however often its port was tried meanwhile.

alter table station_devices add column ready_at timestamptz;
