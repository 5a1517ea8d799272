-- Whatever passes a door asks whether an alarm about it is still open there; alarms are never taken away.

create index alarms_item on alarms (item);
