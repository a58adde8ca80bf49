-- What calls were made with.
SELECT id, parameters, tools FROM prompt_configuration
