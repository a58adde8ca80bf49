-- Imports whose files are said to be from one place (store/answers.ts).
SELECT DISTINCT import AS id FROM file WHERE substr(path, 1, length(:from)) = :from ORDER BY import
