-- A file of scores that begins to be read.
INSERT INTO score_file(name, started, receipt) VALUES (?, ?, '{}') RETURNING id
