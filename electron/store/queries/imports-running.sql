-- Imports that say they are running.
SELECT id FROM import WHERE state = 'running' ORDER BY id
