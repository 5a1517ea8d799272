-- A number that is an item's no longer, and sealed content that was replaced, find it no longer.
grant delete on item_numbers, item_sealed to :app_role;
