-- How many calls there are, and how many of them were looked at.
SELECT (SELECT count(*) FROM call WHERE counted = 1) AS calls, (SELECT count(*) FROM prompt_call) AS looked
