import type { Input } from '../../../../shared/contract/index.ts'
import type { PromptWanted } from '../../../../shared/contract/replay.ts'
import type { Edit } from '../../../../shared/replay/compose.ts'
import { dialectOf } from '../../../../shared/replay/dialects/index.ts'
import { removeValue, setValue, valueAt } from '../../../../shared/replay/json-edit.ts'
import type { DialectId } from '../../../../shared/replay/types.ts'

/** A request that is being edited: what was done to the logged one, and the body that comes of it. */
export interface Draft {
  readonly text: string
  /** On top of the logged body, or of the one that was written. */
  readonly edits: readonly Edit[]
  /** The whole body, as somebody wrote it. */
  readonly written?: string
  /** Another model than was asked. */
  readonly model?: string
  /** Another prompt in place of the logged one; edits come on top of it. */
  readonly prompt?: PromptWanted
  /** What it is called, where it was made from something that has a name. */
  readonly name?: string
}

/** Steps that can be taken back; typing on in one place is one step. */
export interface History {
  readonly past: readonly Draft[]
  readonly now: Draft
  readonly future: readonly Draft[]
  /** Where the last step was made. */
  readonly at?: string
}

const mostSteps = 300

export function startDraft(text: string): History {
  return { past: [], now: { text, edits: [] }, future: [] }
}

/** Something else than the logged request goes out. */
export function isEdited({ edits, written, model, prompt }: Draft): boolean {
  return edits.length > 0 || written !== undefined || model !== undefined || prompt !== undefined
}

/** A person wrote in it, and so saw what it lacks. */
export function isWritten({ edits, written }: Draft): boolean {
  return edits.length > 0 || written !== undefined
}

/** Sets a value (JSON) in the body; every other character stays. Undefined takes it out. Nothing changes where it has no place. */
export function editValue(history: History, path: readonly string[], value: string | undefined): History {
  const { now } = history
  const found = valueAt(now.text, path)
  if (value === undefined ? !found : found && now.text.slice(found.start, found.end) === value) return history
  const text = value === undefined ? removeValue(now.text, path) : setValue(now.text, path, value)
  if (text === undefined) return history
  const at = path.join('\u0000')
  const edit: Edit = value === undefined ? { path } : { path, value }
  // The last edit of a place is all that need be told of it, while nothing moved since.
  const last = now.edits.at(-1)
  const isSame = last?.value !== undefined && value !== undefined && last.path.join('\u0000') === at
  const edits = [...(isSame ? now.edits.slice(0, -1) : now.edits), edit]
  return step(history, { ...now, text, edits }, value === undefined ? undefined : at)
}

/**
 * Puts an item (JSON), or several with commas between them, behind the last of a conversation. Where a text stands in place of
 * the list it is the first message of it.
 */
export function addItem(history: History, path: readonly string[], item: string): History {
  const { text } = history.now
  const list = valueAt(text, path)
  if (!list) return apart(editValue(history, path, `[${item}]`))
  if (text[list.start] !== '[') {
    const first = `{"role": "user", "content": ${text.slice(list.start, list.end)}}`
    return apart(editValue(history, path, `[${first}, ${item}]`))
  }
  const inside = text.slice(list.start + 1, list.end - 1)
  const head = inside.trimEnd()
  const added = editValue(history, path, `[${head}${head === '' ? '' : ', '}${item}${inside.slice(head.length)}]`)
  return apart(added)
}

/** The body as somebody wrote it, which may be no JSON for a while. A model that stands in it is no other than it says. */
export function writeBody(history: History, text: string, dialect: DialectId): History {
  const { now } = history
  if (text === now.text) return history
  const model = dialectOf(dialect).streamInBody ? undefined : now.model
  const { name } = now
  const kept = { ...(model === undefined ? {} : { model }), ...(name === undefined ? {} : { name }) }
  return step(history, { text, edits: [], written: text, ...kept }, 'body')
}

/** Asks another model, which stands in the body or in the address. */
export function chooseModel(history: History, model: string, dialect: DialectId): History {
  const { now } = history
  const isInBody = dialectOf(dialect).streamInBody || valueAt(now.text, ['model']) !== undefined
  const text = isInBody ? setValue(now.text, ['model'], JSON.stringify(model)) : now.text
  return text === undefined || model === '' ? history : step(history, { ...now, text, model }, 'model')
}

/** The host's own words for the body, which are what goes out. */
export function settle(history: History, text: string): History {
  return text === history.now.text ? history : { ...history, now: { ...history.now, text } }
}

export function undoStep(history: History): History {
  const now = history.past.at(-1)
  if (!now) return history
  return { past: history.past.slice(0, -1), now, future: [history.now, ...history.future] }
}

export function redoStep(history: History): History {
  const [now, ...future] = history.future
  return now ? { past: [...history.past, history.now], now, future } : history
}

/** What comes next is a step of its own. */
function apart({ past, now, future }: History): History {
  return { past, now, future }
}

function step(history: History, now: Draft, at: string | undefined): History {
  const isOn = at !== undefined && history.at === at && history.past.length > 0
  const past = isOn ? history.past : [...history.past, history.now].slice(-mostSteps)
  return { past, now, future: [], ...(at === undefined ? {} : { at }) }
}

/** Several changes as one step. */
export function together(history: History, changes: (history: History) => History): History {
  const { now } = changes(history)
  return now === history.now ? history : step(apart(history), now, undefined)
}

/** What the host is told of a draft. */
export function changesOf({
  edits,
  written,
  model,
  prompt,
}: Draft): Pick<Input<'replay.request'>, 'edits' | 'body' | 'model' | 'prompt'> {
  return {
    ...(prompt === undefined ? {} : { prompt }),
    ...(edits.length === 0 ? {} : { edits: edits.map(edit => ({ ...edit, path: [...edit.path] })) }),
    ...(written === undefined ? {} : { body: written }),
    ...(model === undefined ? {} : { model }),
  }
}
