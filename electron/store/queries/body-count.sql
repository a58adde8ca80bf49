-- Places for bodies, those included that bodies have left.
SELECT ifnull(sum(n), 0) AS "all" FROM body_block
