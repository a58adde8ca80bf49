-- The template of a version that was recovered, by what they are called.
SELECT template FROM prompt_template WHERE prompt = :prompt AND version = :version ORDER BY own_version = :version DESC, id LIMIT 1
