-- A combination seen for the first time.
INSERT INTO label(trace_name, session, user, environment, release, application, feature, tenant)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
