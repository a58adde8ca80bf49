/**
 * SQL of what each import is called: by the last part of its first file's path (SQLite takes it from the row of `min`), with
 * how many files came besides. Of several imports of one name the first has it alone, others their number too: `a.jsonl #3`.
 */
export const importNames = `SELECT id, said || iif(row_number() OVER (PARTITION BY said ORDER BY id) = 1, '', ' #' || id) AS name
  FROM (SELECT import AS id, last_part(path) || iif(count(*) = 1, '', ' +' || (count(*) - 1)) AS said, min(id) AS first
    FROM file GROUP BY import)`
