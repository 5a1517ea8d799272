-- What was typed may name holders and witnesses: it is sealed under the key of the installation, as personal content is. Drafts from before are taken
-- away rather than left in clear: their pages hold what was typed until it is sent. A truncated table's old file goes with it.
truncate own_drafts;
alter table own_drafts drop column content;
alter table own_drafts add column sealed bytea not null check (octet_length(sealed) <= 800100);
comment on column own_drafts.sealed is 'What was typed, under the key of the installation (AES-256-GCM), bound to its writer and what it is about.';
