-- What other imports claim, in the order in which they came.
SELECT id, import, file, claims FROM batch WHERE import <> ? AND length(claims) > 0 ORDER BY first
