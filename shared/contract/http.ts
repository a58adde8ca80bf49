/**
 * The contract over HTTP, as the browser host serves it. Every route needs the session cookie, every POST an `Origin`
 * equal to the page's own.
 *
 * `POST /ask/<name>`   `application/json`: the input. Answers 200 with an `Answer` as JSON, or, when the output holds
 *                      typed arrays, with `application/octet-stream` (wire.ts), which always means ok. Aborting the
 *                      request cancels it. Other statuses come from the guard and have no body worth reading.
 * `GET /events`        server-sent events: the event's name, its data as JSON.
 * `POST /upload/<key>` `application/octet-stream`: the bytes of the files announced with `imports.upload`, one after
 *                      another in that order (`new Blob([...files])` streams them from disk). Answers `{}` when the
 *                      last byte was taken; the receipt comes with `imports.ended`.
 */
export const httpRoutes = { ask: '/ask/', events: '/events', upload: '/upload/' } as const
