-- 封条: a strip is known by its thing and its number; by the number alone, those on other things.
create index labels_strip on labels (substr(code, position(' ' in code) + 1)) where position(' ' in code) > 0;
