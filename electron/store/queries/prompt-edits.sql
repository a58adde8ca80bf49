-- What persons said of prompts, in that order.
SELECT edit FROM prompt_edit WHERE undone = 0 ORDER BY id
