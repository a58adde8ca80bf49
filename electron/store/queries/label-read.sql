-- What a label says, as ids of names.
SELECT trace_name AS traceName, session, user, environment, release, application, feature, tenant FROM label WHERE id = ?
