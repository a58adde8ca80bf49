-- Names that nothing bears.
DELETE FROM name WHERE id NOT IN (
  SELECT name FROM span
  UNION SELECT name FROM trace
  UNION SELECT session FROM trace
  UNION SELECT user FROM trace
  UNION SELECT environment FROM trace
  UNION SELECT release FROM trace
  UNION SELECT application FROM trace
  UNION SELECT trace_name FROM label
  UNION SELECT session FROM label
  UNION SELECT user FROM label
  UNION SELECT environment FROM label
  UNION SELECT release FROM label
  UNION SELECT application FROM label
  UNION SELECT feature FROM label
  UNION SELECT tenant FROM label
  UNION SELECT model FROM call
  UNION SELECT provider FROM call
  UNION SELECT prompt FROM call
  UNION SELECT prompt_version FROM call
  UNION SELECT more FROM call WHERE more IS NOT NULL
  UNION SELECT prompt FROM prompt_call
  UNION SELECT version FROM prompt_call
)
