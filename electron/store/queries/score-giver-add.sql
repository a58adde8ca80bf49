-- This file gave this score.
INSERT OR IGNORE INTO score_giver VALUES (?, ?)
