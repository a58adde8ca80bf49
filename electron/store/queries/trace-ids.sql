-- The first traces, in order of arrival.
SELECT id FROM trace ORDER BY id LIMIT ?
