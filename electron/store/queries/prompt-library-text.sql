-- The template of a version as its file has it.
SELECT l.template FROM prompt_library l JOIN prompt_edit e ON e.id = l.edit
WHERE l.prompt = ? AND l.version = ? AND e.undone = 0 ORDER BY l.edit DESC LIMIT 1
