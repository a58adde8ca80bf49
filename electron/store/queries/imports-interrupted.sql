-- An import that still says it is running, and whose lease is gone, was killed: what it committed stays.
UPDATE import SET state = 'partial' WHERE state = 'running'
