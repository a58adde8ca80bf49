-- How many calls there are, how many of them were looked at, and how many are of groups whose versions are to be found.
SELECT
  (SELECT count(*) FROM call WHERE counted = 1) AS calls,
  (SELECT count(*) FROM prompt_call) AS looked,
  (SELECT count(*) FROM prompt_group JOIN prompt_text ON prompt_text.grp = prompt_group.id WHERE stale) AS stale
