import { countedCalls } from '../pivot/calls.ts'
import { picked, type Calls } from '../table/calls.ts'
import type { Table } from '../table/table.ts'
import { promptGeneration } from './state.ts'

/** What was found out about calls (table `prompt_call`), by their place among `table.calls`. */
export interface PromptColumns {
  /** Ids of names: what the file says, else what was recovered; 0 for none. */
  readonly prompt: Uint32Array
  readonly version: Uint32Array
  /** 1 the version was recovered, 2 the name of the prompt was, 3 both. */
  readonly recovered: Uint8Array
  /** What it was asked, as a number that equal inputs share; 0 is unknown. */
  readonly inputs: Float64Array
  readonly configuration: Uint32Array
  /** Bits of answer-facts.ts; 0 where nobody looked. */
  readonly answer: Uint8Array
  /** Characters of the answer; NaN is unknown. */
  readonly length: Float64Array
}

/** Changes with everything that recovery writes; looked up once between two writes. */
export function generationOf(table: Table): number {
  return table.untilWritten('prompt generation', () => promptGeneration(table.store))
}

type Row = readonly [
  id: number,
  prompt: number,
  version: number,
  inputs: number,
  configuration: number,
  answer: number,
  length: number | null,
]
const slice = 5000

export function promptColumns(table: Table): PromptColumns {
  return table.derived(`prompts ${generationOf(table)}`, () => read(table))
}

/** The same of the calls that are counted, by their numbers there. */
export function promptsOfCalls(table: Table): PromptColumns {
  return table.derived(`prompts of calls ${generationOf(table)}`, () => {
    const all = promptColumns(table)
    const { place } = countedCalls(table)
    const names = Object.keys(all) as (keyof PromptColumns)[]
    return Object.fromEntries(names.map(name => [name, picked(all[name], place)])) as unknown as PromptColumns
  })
}

/** Of calls of which nothing was found out: what the file says. The rest is made for whoever asks. */
function unread(calls: Calls): PromptColumns {
  const { count } = calls
  return {
    get prompt() {
      return calls.prompt
    },
    get version() {
      return calls.prompt_version
    },
    get recovered() {
      return new Uint8Array(count)
    },
    get inputs() {
      return new Float64Array(count)
    },
    get configuration() {
      return new Uint32Array(count)
    },
    get answer() {
      return new Uint8Array(count)
    },
    get length() {
      return new Float64Array(count).fill(Number.NaN)
    },
  }
}

function read({ store, calls, layout }: Table): PromptColumns {
  const { count } = calls
  const page = store.query<[number, number], Row>('prompt-calls').raw()
  if (page.all(0, 1).length === 0) return unread(calls)
  const found = {
    prompt: calls.prompt.slice(),
    version: calls.prompt_version.slice(),
    recovered: new Uint8Array(count),
    inputs: new Float64Array(count),
    configuration: new Uint32Array(count),
    answer: new Uint8Array(count),
    length: new Float64Array(count).fill(Number.NaN),
  }
  const callOf = new Int32Array(layout.id.length).fill(-1)
  for (let k = 0; k < count; k++) callOf[calls.row[k]!] = k
  for (let after = 0; ;) {
    const rows = page.all(after, slice)
    for (const [id, prompt, version, inputs, configuration, answer, length] of rows) {
      const row = (layout.rowOf[id] ?? 0) - 1
      const k = row < 0 ? -1 : callOf[row]!
      if (k < 0) continue
      if (found.prompt[k] === 0 && prompt !== 0) {
        found.prompt[k] = prompt
        found.recovered[k]! |= 2
      }
      if (found.version[k] === 0 && version !== 0) {
        found.version[k] = version
        found.recovered[k]! |= 1
      }
      found.inputs[k] = inputs
      found.configuration[k] = configuration
      found.answer[k] = answer
      if (length !== null) found.length[k] = length
    }
    if (rows.length < slice) return found
    after = rows.at(-1)![0]
  }
}
