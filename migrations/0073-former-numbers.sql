-- What was handed in and is held under a measure since keeps the number of the list by which it was handed in: read again from the registers.

with former as (
  select i.id, coalesce(
      (select c.text::jsonb #>> '{body,is}' from entries c
        where c.subject = e.subject and c.n < e.n and c.type = 'custody.corrected'
          and c.text::jsonb #>> '{body,field}' = 'noticeNumber'
        order by c.n desc limit 1),
      f.text::jsonb #>> '{body,measure,noticeNumber}') as number
  from entries e
    join items i on 'item/' || i.id = e.subject
    join entries f on f.subject = e.subject and f.n = 1
  where e.type = 'custody.surrender-converted'
)
update items i set state = jsonb_set(i.state, '{measure,formerNumber}', to_jsonb(former.number))
from former where former.id = i.id and former.number is not null;

-- What these are found by is put down anew at the next start, as for items that were registered before a search had tables of its own.
delete from item_words w using items i where i.id = w.item and i.state #> '{measure,formerNumber}' is not null;
