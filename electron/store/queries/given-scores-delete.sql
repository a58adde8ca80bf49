-- Scores that this file gave and no other.
DELETE FROM given_score WHERE id IN (
  SELECT g.score FROM score_giver g WHERE g.file = @file
    AND NOT EXISTS (SELECT 1 FROM score_giver o WHERE o.score = g.score AND o.file <> @file))
