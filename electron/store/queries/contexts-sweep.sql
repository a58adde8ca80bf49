-- Contexts that no record stands in.
DELETE FROM context WHERE id NOT IN (SELECT context FROM span UNION SELECT context FROM extra)
