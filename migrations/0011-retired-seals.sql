-- Seals: a number that was opened, broken or taken off is never used again, which is asked of every item that ever wore one.

create index items_retired_seals on items using gin ((state -> 'retiredSeals') jsonb_path_ops)
  where state -> 'retiredSeals' is not null;
