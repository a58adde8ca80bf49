-- Versions that persons keep as files: the last reading of each that was not undone.
SELECT l.prompt, l.version, l.hash, l.facts, length(l.template) AS length FROM prompt_library l
WHERE l.edit = (
  SELECT max(o.edit) FROM prompt_library o JOIN prompt_edit e ON e.id = o.edit
  WHERE o.prompt = l.prompt AND o.version = l.version AND e.undone = 0
)
ORDER BY l.prompt, l.version
