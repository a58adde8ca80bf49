-- Earlier files of the same name as one, none of whose scores is not also its.
SELECT earlier.id FROM score_file earlier JOIN score_file file ON file.id = ? AND earlier.name = file.name
WHERE earlier.id < file.id AND NOT EXISTS (
  SELECT 1 FROM score_giver gave WHERE gave.file = earlier.id AND NOT EXISTS (
    SELECT 1 FROM score_giver gives WHERE gives.file = file.id AND gives.score = gave.score
  )
)
