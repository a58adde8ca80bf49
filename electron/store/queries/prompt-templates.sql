-- Versions of a group, whole.
SELECT id, prompt, version, own_prompt, own_version, template FROM prompt_template WHERE grp = ? ORDER BY id
