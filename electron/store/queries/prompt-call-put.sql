-- Notes what was seen of a call.
INSERT OR REPLACE INTO prompt_call(id, grp, text, prompt, version, inputs, configuration, answer, length)
VALUES (?, ?, ?, 0, 0, ?, ?, ?, ?)
