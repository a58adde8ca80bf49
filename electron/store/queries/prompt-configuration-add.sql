-- A new configuration.
INSERT INTO prompt_configuration(hash, model, parameters, tools) VALUES (?, ?, ?, ?) RETURNING id
