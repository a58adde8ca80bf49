-- Notes what was seen of a call; one that was sent a known text is of its version.
INSERT OR REPLACE INTO prompt_call(id, grp, text, prompt, version, inputs, configuration, answer, length)
VALUES (
  :id, :grp, :text,
  ifnull((SELECT prompt FROM prompt_call WHERE text = :text AND :text > 0 LIMIT 1), 0),
  ifnull((SELECT version FROM prompt_call WHERE text = :text AND :text > 0 LIMIT 1), 0),
  :inputs, :configuration, :answer, :length
)
