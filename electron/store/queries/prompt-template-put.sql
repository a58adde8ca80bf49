-- A version of a group, new or another than it was.
INSERT INTO prompt_template(id, grp, prompt, version, sureness, template, own_prompt, own_version) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET sureness = excluded.sureness, template = excluded.template, text_hash = '' RETURNING id
