-- Files of scores, newest first.
SELECT id, started, receipt FROM score_file ORDER BY id DESC
