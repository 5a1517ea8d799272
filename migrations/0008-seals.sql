-- Seals: whether a number stands for one sealing is asked of every item that was ever registered.

create index items_seal on items ((state #>> '{seal,number}')) where state #>> '{seal,number}' is not null;
