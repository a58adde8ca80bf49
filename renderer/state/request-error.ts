/**
 * A request that was not answered: the contract's error, or the way to the host is broken. `code` is stable and is
 * what a view switches on; `message` is a sentence for the reader.
 */
export class RequestError extends Error {
  readonly code: string
  readonly details: string | undefined

  constructor(code: string, message: string, details?: string) {
    super(message)
    this.name = 'RequestError'
    this.code = code
    this.details = details
  }
}

/** Anything caught, as an error that can be shown. */
export function toRequestError(caught: unknown): RequestError {
  if (caught instanceof RequestError) return caught
  if (caught instanceof Error) return new RequestError('window/unexpected', caught.message, caught.stack)
  return new RequestError('window/unexpected', String(caught))
}

/** What a cancelled request ends with; nobody shows it. */
export class RequestCancelled extends RequestError {
  constructor() {
    super('request/cancelled', 'Nobody waits for this answer any more.')
    this.name = 'RequestCancelled'
  }
}
