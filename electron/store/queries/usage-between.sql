-- What counts among spans of consecutive ids. total() is a double: sums of hostile numbers must not overflow.
SELECT count(*) FILTER (WHERE counted = 1) AS calls, total(input) AS input, total(output) AS output,
  ifnull(sum(messages) FILTER (WHERE counted = 1), 0) AS messages
FROM call WHERE id >= ? AND id < ? AND counted > 0
