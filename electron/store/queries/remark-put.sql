-- Keeps what a person wrote, in place of what stood there.
INSERT INTO remark VALUES (@trace, @span, @text) ON CONFLICT DO UPDATE SET text = excluded.text
