-- Items about which a complaint was upheld, for the work list of those who have to put it right.

create index items_upheld on items (unit) where state ? 'upheld';
