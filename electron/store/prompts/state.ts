import type { Store } from '../open.ts'

// What recovery notes of itself, beside the tables: rows of `store`.

/** A number to be raised when recovery finds something else in the same calls: what was found before is then made anew. */
const rules = 1

type Key = 'state' | 'looked' | 'generation'

function read(store: Store, key: Key): string | undefined {
  return store.query<[string], { value: string }>('prompt-value').get(`prompts.${key}`)?.value
}

function write(store: Store, key: Key, value: string): void {
  store.query<[string, string], unknown>('prompt-value-put').run(`prompts.${key}`, value)
}

/** What tells that all calls were looked at: it is written when recovery ends, and differs once the store does. */
export function stateNow(store: Store): string {
  const { contents } = store.query<[], { contents: string }>('store-contents').get()!
  return `${rules} ${contents} ${readingNow(store)}`
}

/** The last reading by other rules. */
function readingNow(store: Store): string {
  const reread = 'SELECT id, state FROM rereading ORDER BY id DESC LIMIT 1'
  return store.statement<[], (number | string)[]>(reread).raw().get()?.join(':') ?? ''
}

/** Whether everything that can be recovered was. A store without calls has nothing to recover. */
export function isComplete(store: Store): boolean {
  return read(store, 'state') === stateNow(store) || store.query('prompt-any-call').get() === undefined
}

export function noteComplete(store: Store): void {
  write(store, 'state', stateNow(store))
}

/** There is something to recover again. */
export function forgetComplete(store: Store): void {
  store.statement("DELETE FROM store WHERE key = 'prompts.state'").run()
}

/** Changes with everything that recovery writes. */
export function promptGeneration(store: Store): number {
  return Number(read(store, 'generation') ?? 0)
}

/** For whoever writes: what was made of the rows before is to be made anew. */
export function nextGeneration(store: Store): void {
  write(store, 'generation', String(promptGeneration(store) + 1))
}

/** Of which store the rows tell: an import that left, other rules or another reading make them worth nothing. */
interface Looked {
  readonly rules: number
  readonly reading: string
  readonly imports: readonly (readonly [id: number, started: number])[]
  readonly extra: number
}

function lookedNow(store: Store): Looked {
  const imports = 'SELECT id, started FROM import ORDER BY id'
  return {
    rules,
    reading: readingNow(store),
    imports: store.statement<[], [number, number]>(imports).raw().all(),
    extra: store.statement<[], number>('SELECT ifnull(max(id), 0) FROM extra').pluck().get() ?? 0,
  }
}

/** Whether what was seen still holds, and past which further record of a span calls must be looked at again. */
export function heldSince(store: Store): { readonly extra: number } | undefined {
  const text = read(store, 'looked')
  if (text === undefined) return undefined
  const before = JSON.parse(text) as Looked
  const now = lookedNow(store)
  const there = new Map(now.imports)
  const holds =
    before.rules === now.rules &&
    before.reading === now.reading &&
    before.imports.every(([id, started]) => there.get(id) === started)
  return holds ? { extra: before.extra } : undefined
}

export function noteLooked(store: Store): void {
  write(store, 'looked', JSON.stringify(lookedNow(store)))
}

/** Forgets all that was recovered. What persons said of it stays. */
export function forgetPrompts(store: Store): void {
  if (read(store, 'looked') === undefined) return
  const tables = ['prompt_call', 'prompt_text', 'prompt_group', 'prompt_template', 'prompt_configuration']
  for (const table of tables) store.statement(`DELETE FROM ${table}`).run()
  store.statement("DELETE FROM store WHERE key IN ('prompts.state', 'prompts.looked')").run()
  nextGeneration(store)
}
