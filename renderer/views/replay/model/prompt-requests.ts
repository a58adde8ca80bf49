import type { PromptWanted } from '../../../../shared/contract/replay.ts'
import type { History } from './draft.ts'

/** A prompt that a request is to have in place of its own, and what that is called. */
export interface PromptToTry {
  readonly wanted: PromptWanted
  readonly name: string
}

/** The request with it, as the host put it together. */
export function requestWith({ wanted, name }: PromptToTry, body: string): History {
  return { past: [], now: { text: body, edits: [], prompt: wanted, name }, future: [] }
}

/** What an address asks to try: `?prompt=refunds&version=v3&draft=1`; without a version the calls that name none. */
export function promptInAddress(query: URLSearchParams): PromptToTry | undefined {
  const prompt = query.get('prompt')
  if (prompt === null || prompt === '') return undefined
  const version = query.get('version') || null
  const isDraft = query.get('draft') !== null
  return {
    wanted: { prompt, version, ...(isDraft ? { draft: true } : {}) },
    name: nameOf(version ?? 'no version', isDraft),
  }
}

export function nameOf(version: string, isDraft: boolean): string {
  return isDraft ? `Draft of ${version}` : version
}
