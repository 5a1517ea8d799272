-- What stands for a badge that was left at home is good until its day is over; a badge of one's own has no end.

alter table badges add column good_until timestamptz;
