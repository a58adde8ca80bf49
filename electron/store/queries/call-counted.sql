-- Whether a total may add this usage.
UPDATE call SET counted = ? WHERE id = ?
