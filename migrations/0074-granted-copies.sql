-- 抄送监督: granted requests by when they were granted, the latest first, each in one place of the order.
create index approvals_granted on approvals (((state ->> 'decidedAt') collate "C") desc, id desc) where status = 'granted';
