-- The bodies that batches use.
SELECT bodies FROM batch
