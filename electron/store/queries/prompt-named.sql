-- Whether a file names such a prompt.
SELECT 1 FROM call WHERE prompt = (SELECT id FROM name WHERE s = ?) LIMIT 1
