/** What stands between a request and its leaving. */
export interface Standing {
  readonly isLocked: boolean
  readonly lockedBy: 'setting' | 'environment' | undefined
  readonly hasConnection: boolean
  readonly lacksKey: boolean
  /** Something is missing, and no person said that it goes without. */
  readonly needsWord: boolean
  readonly isJson: boolean
}

/** Why nothing can be sent, as a sentence that says what to do. */
export function obstacleOf(at: Standing): string | undefined {
  if (at.isLocked)
    return at.lockedBy === 'environment'
      ? 'The environment locks the network; nothing here can open it.'
      : 'The network is locked: unlock it to send.'
  if (!at.hasConnection) return 'Choose or add a connection: no log says where a request goes.'
  if (at.lacksKey) return 'This connection has no key yet: give it one.'
  if (!at.isJson) return 'The body is no JSON object.'
  if (at.needsWord) return 'Something is missing: fill it in, or say that it goes without.'
  return undefined
}
