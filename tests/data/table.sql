-- a dump
CREATE TABLE cable (
  reference_id text,
  created text,
  classification text,
  origin text,
  subject text,
  tags text,
  header text,
  body text
);
INSERT INTO cable VALUES
('09PORTAMITY12', '2009-02-03 18:48', 'CONFIDENTIAL', 'Embassy Port Amity', 'HARBOR TOLLS', 'PREL; AL', 'R 031848Z FEB 09
FM AMEMBASSY PORT AMITY
TO SECSTATE WASHDC', 'C O N F I D E N T I A L PORT AMITY 000012

TAGS: PREL, AL
SUBJECT: HARBOR TOLLS

1. (C) The "toll" is paid; so it''s done.
MONTAGUE
'),
('09PORTAMITY77', '2009-12-28 09:30', 'UNCLASSIFIED', 'Embassy Port Amity', 'NOTHING', 'ECON', 'R 280930Z DEC 09
FM AMEMBASSY PORT AMITY', 'UNCLAS PORT AMITY 000077

TAGS: ECON
SUBJECT: NOTHING

1. (U) Nothing to report.
CAPULET
');
