-- The template of a version that was recovered, by what they are called.
SELECT template FROM prompt_template WHERE prompt = ? AND version = ? ORDER BY id LIMIT 1
