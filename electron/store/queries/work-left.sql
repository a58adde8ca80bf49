-- Whether a killed import left something to do.
SELECT EXISTS (SELECT 1 FROM trace WHERE dirty) OR EXISTS (SELECT 1 FROM import WHERE state = 'running') AS "left"
