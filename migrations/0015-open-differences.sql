-- Items of which a comparison on return found a difference that nobody has settled.

create index items_difference on items (id) where state ? 'difference';
