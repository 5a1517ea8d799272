-- Sessions of those whom the organ's own provider of identities has signed in (OpenID Connect).
alter table sessions drop constraint sessions_means_check;
alter table sessions add constraint sessions_means_check check (means in ('password', 'badge', 'provider'));
