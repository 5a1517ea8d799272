-- The different names of things, in their order: read from here, they are neither hashed nor sorted with every search in letters.
create index items_name on items (name);
-- What lies on a shelf is counted for the map of a store without the items themselves, which are long.
drop index items_location;
create index items_location on items (location) include (frozen) where location is not null;
