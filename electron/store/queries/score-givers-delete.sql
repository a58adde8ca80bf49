-- What a file gave, when it goes.
DELETE FROM score_giver WHERE file = ?
