-- A score from elsewhere by its hash.
SELECT id FROM given_score WHERE hash = ?
