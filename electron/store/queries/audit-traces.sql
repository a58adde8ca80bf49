-- How whole traces are: of the whole store, or those with spans of one import. Marks are bits: 1 orphan, 2 a circle, 4 its
-- own parent, 8 unfinished, 128 undated; :fragment is the bit of fragments.
SELECT
  count(*) AS traces,
  ifnull(sum(spans), 0) AS spans,
  count(*) FILTER (WHERE orphans > 0) AS missingParents,
  count(*) FILTER (WHERE roots = 0) AS noRoot,
  count(*) FILTER (WHERE unfinished > 0) AS unfinished,
  count(*) FILTER (WHERE fragments = spans) AS onlyFragments,
  count(*) FILTER (WHERE dated = 0) AS undated
FROM (
  SELECT
    count(*) AS spans,
    count(*) FILTER (WHERE marks & 1) AS orphans,
    count(*) FILTER (WHERE depth = 0 AND NOT marks & 7) AS roots,
    count(*) FILTER (WHERE marks & 8) AS unfinished,
    count(*) FILTER (WHERE marks & :fragment) AS fragments,
    count(*) FILTER (WHERE start IS NOT NULL) AS dated
  FROM span
  WHERE
    :import IS NULL
    OR (SELECT import FROM batch WHERE first <= span.id AND n > 0 ORDER BY first DESC LIMIT 1) = :import
  GROUP BY trace
)
