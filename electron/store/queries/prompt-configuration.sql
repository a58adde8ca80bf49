-- What calls were made with, by its number.
SELECT hash, model, parameters, tools FROM prompt_configuration WHERE id = ?
