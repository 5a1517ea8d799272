-- 依法例外: one entry that holds things of several clocks sets each of them apart on a clock of its own; what started a clock starts it once all the same.
alter table clocks add column source_nth integer not null default 0 check (source_nth >= 0);
alter table clocks drop constraint clocks_register_source_seq_rule_key;
alter table clocks add unique (register, source_seq, rule, source_nth);
