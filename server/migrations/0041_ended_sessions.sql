-- A session that somebody ended (a closed login, a revoked tablet, "sign out there") is kept for a while: its device is then told that
-- its access has ended and forgets what only it could read. One that was signed out where it is, is deleted as before.

alter table sessions add column ended_at bigint;
-- What people recognise the device by, `iPad · Safari`.
alter table sessions add column device_label text not null default '';
