-- A note that came with a file; what somebody wrote here stays.
INSERT OR IGNORE INTO remark VALUES (@trace, @span, @text)
