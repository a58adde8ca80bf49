-- Labels that no span bears.
DELETE FROM label WHERE id NOT IN (SELECT label FROM span)
