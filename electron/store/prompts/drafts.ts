import type { Input, Output } from '../../../shared/contract/index.ts'
import type { Draft } from '../../../shared/prompts/render-template.ts'
import type { Store } from '../open.ts'

interface Row {
  readonly template: string
  readonly variables: string
  readonly saved: number
}

/** No version has an empty name: that is what none is written as. */
const baseOf = (version: string | null): string => version ?? ''

export function readDraft(store: Store, { prompt, version }: Input<'prompts.draft'>): Output<'prompts.draft'> {
  const row = store.query<[string, string], Row>('prompt-draft').get(prompt, baseOf(version))
  if (!row) return { draft: null }
  return { draft: { template: row.template, variables: JSON.parse(row.variables) as Draft['variables'] } }
}

/** Keeps a draft, or throws it away; answers the one before, so that this can be undone. */
export function saveDraft(
  store: Store,
  { prompt, version, draft }: Input<'prompts.saveDraft'>,
): Output<'prompts.draft'> {
  store.mustBeWritable()
  const before = readDraft(store, { prompt, version })
  const base = baseOf(version)
  if (!draft) store.query<[string, string], unknown>('prompt-draft-remove').run(prompt, base)
  else {
    const cells = [prompt, base, draft.template, JSON.stringify(draft.variables), Date.now()] as const
    store.query<[string, string, string, string, number], unknown>('prompt-draft-put').run(...cells)
  }
  return before
}

/** Drafts go where their prompt's name goes. */
export function moveDrafts(store: Store, from: string, to: string): void {
  store.query<[string, string], unknown>('prompt-drafts-move').run(to, from)
}
