-- The usage of a span, in place of what was said of it before.
INSERT OR REPLACE INTO call(
  id, trace, model, provider, response, prompt, prompt_version, input, output, cache_read, cache_write,
  reasoning, cost, first_token, counted, messages, cache_write_1h, more, cost_rest
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
