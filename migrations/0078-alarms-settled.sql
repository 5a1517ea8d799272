-- Settled alarms, the latest first: they are never taken away, and over years they are nearly all there are.

create index alarms_settled on alarms (at, id) where not open;
