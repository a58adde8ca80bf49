/**
 * A failure that a user can act on. The code is stable and crosses the wire; the message states facts, and each host
 * adds its own advice.
 */
export class InspectorError extends Error {
  readonly code: string
  readonly details: string | undefined

  constructor(code: string, message: string, details?: string) {
    super(message)
    this.name = 'InspectorError'
    this.code = code
    this.details = details
  }
}
