-- All that is said of a span's usage.
SELECT
  model.s AS model, provider.s AS provider, call.response, prompt.s AS prompt, version.s AS prompt_version,
  call.input, call.output, call.cache_read, call.cache_write, call.reasoning, call.cost, call.first_token, call.counted,
  call.messages, call.cache_write_1h, more.s AS more, call.cost_rest
FROM call
LEFT JOIN name AS model ON model.id = call.model
LEFT JOIN name AS provider ON provider.id = call.provider
LEFT JOIN name AS prompt ON prompt.id = call.prompt
LEFT JOIN name AS version ON version.id = call.prompt_version
LEFT JOIN name AS more ON more.id = call.more
WHERE call.id = ?
