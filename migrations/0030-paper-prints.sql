-- Papers on their way to an office printer are found without reading the archive.
create index papers_printing on papers ((state #>> '{prints,-1,station}')) where state #>> '{prints,-1,state}' = 'wanted';
