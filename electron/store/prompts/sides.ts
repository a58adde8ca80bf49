import type { PromptSide } from '../../../shared/contract/prompts.ts'
import type { Asked } from '../lists/asking.ts'
import { promptsOfCalls } from './columns.ts'
import { callsOfPrompt, lookedAt, nameNumber } from './registry.ts'

/** The calls of one side. `narrowed` are the calls under the query that both have in common; `own` those under its own. */
export function callsOfSide(side: PromptSide, narrowed: Asked, own: Asked | undefined): Uint32Array {
  if ('where' in side) {
    if (!own) return new Uint32Array()
    const isIn = new Set(lookedAt(narrowed))
    return lookedAt(own).filter(i => isIn.has(i))
  }
  return callsOfVersion(narrowed, side.prompt, side.version)
}

/** Calls of a version of a prompt, by their numbers among those counted. */
export function callsOfVersion(asked: Asked, prompt: string, version: string | null): Uint32Array {
  const { table } = asked.subject
  const wanted = version === null ? 0 : nameNumber(table, version)
  if (version !== null && wanted === 0) return new Uint32Array()
  const { version: versions } = promptsOfCalls(table)
  return callsOfPrompt(asked, nameNumber(table, prompt)).filter(i => versions[i] === wanted)
}
