-- Files of the same bytes that were read by the same rules, with the receipt of their import and their place in it.
SELECT
  file.id, file.mappings, file.alone, import.receipt,
  (SELECT count(*) FROM file AS before WHERE before.import = file.import AND before.id < file.id) AS place
FROM file JOIN import ON import.id = file.import
WHERE file.bytes = ? AND file.hash = ? AND file.rules = ? AND file.mappings IN ('', ?) AND file.alone <= ?
  AND import.receipt IS NOT NULL
ORDER BY file.id
