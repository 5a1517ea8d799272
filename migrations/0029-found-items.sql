-- What a search looks at, newest first, without the items themselves: of a hundred thousand it reads a twentieth of what they take.
create index items_found on items (last_at desc) include (name, case_number, id, unit, store);
