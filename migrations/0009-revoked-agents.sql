-- What the journal of a revoked agent still held is taken, kept and flagged, and has no effect.

alter table agent_records drop constraint agent_records_fate_check;
alter table agent_records add constraint agent_records_fate_check
  check (fate in ('station', 'held', 'offline', 'revoked', 'not-its-device', 'failed'));

alter table agent_faults drop constraint agent_faults_code_check;
alter table agent_faults add constraint agent_faults_code_check
  check (code in ('gap', 'number-reused', 'wrong-record', 'not-its-device', 'failed', 'revoked'));
