import { isObject } from '../conventions/values.ts'
import type { JsonObject } from '../domain/json.ts'
import { callOfBody } from './body-call.ts'
import { buildBody } from './build-body.ts'
import { dialectOf } from './dialects/index.ts'
import type { Dialect } from './dialects/dialect.ts'
import { versionOf } from './headers.ts'
import type { LoggedRequest } from './logged-request.ts'
import { Notes, type DialectId } from './types.ts'
import { portable } from './portable.ts'
import { takeManner, writeManner } from './manner.ts'
import { noteUnsaid } from './unsaid.ts'
import { parseToWrite } from './writable-json.ts'

const setHere = { from: 'rebuilt', note: 'set here' } as const

/** A request of another dialect, through what both mean. What is lost on the way stands in the receipt. */
export function translate(logged: LoggedRequest, id: DialectId, model: string | undefined): LoggedRequest {
  const from = dialectOf(logged.dialect)
  const to = dialectOf(id)
  const notes = new Notes()
  const parsed = parseToWrite(logged.body)
  const body: JsonObject = isObject(parsed) ? parsed : {}
  const said = callOfBody(body, from, about(logged, to, model), notes)
  const { manner, rest } = takeManner(said.parameters, from.id)
  const call = { ...said, parameters: rest, messages: portable(said, to, notes) }
  const built = buildBody(call, to)
  const written = writeManner(manner, id, built.body, built.notes)
  noteUnsaid(call, to, notes)
  const lost = [...notes.lines, ...built.notes.lines].map(line => {
    if (line.field !== 'model') return line
    if (line.from === 'log' && model !== undefined) return { ...line, ...setHere }
    if (call.model !== undefined || logged.model === undefined) return line
    return { ...line, note: `${logged.model} is of another provider: say which to ask` }
  })
  const headers: Record<string, string> = {}
  if (id === 'anthropic') {
    const { version } = versionOf(undefined, written)
    headers['anthropic-version'] = version
    lost.push({
      field: 'headers.anthropic-version',
      from: 'default',
      note: 'the version before the one that refuses temperatures',
    })
  }
  for (const name of Object.keys(logged.headers)) {
    if (headers[name] === undefined)
      lost.push({ field: `headers.${name}`, from: 'missing', note: 'said to the provider that was asked' })
  }
  // What the log itself lacked is lacking here too.
  const before = logged.receipt.filter(line => line.from === 'missing')
  const isLossy = notes.lossy || built.notes.lossy || logged.grade === 'C'
  return {
    grade: isLossy ? 'C' : 'B',
    dialect: id,
    ...(call.model === undefined ? {} : { model: call.model }),
    ...(call.stream === undefined ? {} : { stream: call.stream }),
    headers,
    body: JSON.stringify(written),
    receipt: [...before, ...lost],
  }
}

/** Both of OpenAI's interfaces have the same models. */
function about(
  logged: LoggedRequest,
  to: Dialect,
  model: string | undefined,
): { readonly model?: string; readonly stream?: boolean } {
  const isSame = logged.dialect.startsWith('openai') && to.id.startsWith('openai')
  const named = model ?? (isSame ? logged.model : undefined)
  return {
    ...(named === undefined ? {} : { model: named }),
    ...(logged.stream === undefined ? {} : { stream: logged.stream }),
  }
}
