import { parseJson } from '../conventions/json-text.ts'
import { isObject } from '../conventions/values.ts'
import type { JsonObject } from '../domain/json.ts'
import { dialectOf } from './dialects/index.ts'
import type { Dialect } from './dialects/dialect.ts'
import { removeValue, setValue, valueAt } from './json-edit.ts'
import type { LoggedRequest } from './logged-request.ts'
import { noteGates } from './gates.ts'
import { keyHeader, pathAt, providerOf, serverAt, serverOf, type Server } from './servers.ts'
import { type AnotherPrompt, withAnotherPrompt } from './another-prompt.ts'
import { translate } from './translate.ts'
import { Notes, receiptOf, type DialectId, type ReplayRequest } from './types.ts'

/** Where requests may go, and the variable whose value is the key for it: one origin, one dialect. */
export interface Profile {
  readonly name: string
  /** Scheme, host and port. */
  readonly origin: string
  readonly dialect: DialectId
  /** Absent: the server asks for no key. */
  readonly keyEnv?: string
  /** A person said that it may be talked to without encryption. */
  readonly allowHttp?: true
}

export interface Edit {
  /** Names on the way, from the top of the body. */
  readonly path: readonly string[]
  /** JSON. Absent: what is there is taken out. */
  readonly value?: string
}

export interface Changes {
  readonly model?: string
  readonly edits?: readonly Edit[]
  readonly profile?: Profile
  /** The whole body as somebody wrote it, in the dialect of the profile. */
  readonly body?: string
  readonly prompt?: AnotherPrompt
}

/** An edit that fits nowhere in the body. */
export interface BadEdit {
  readonly bad: string
}

/** The request that would go out: a logged one, as it is or changed, to where a profile says. */
export function composeRequest(
  logged: LoggedRequest,
  { model, edits = [], profile, body: written, prompt }: Changes = {},
): ReplayRequest | BadEdit {
  const moved = profile !== undefined && profile.dialect !== logged.dialect
  const prompted = prompt && written === undefined ? withAnotherPrompt(logged, prompt) : logged
  const taken = prompted && (moved ? translate(prompted, profile.dialect, model) : prompted)
  const again = taken && (written === undefined ? taken : rewritten(taken, written))
  const base = again && prompt && written !== undefined ? withAnotherPrompt(again, prompt) : again
  if (!base) return { bad: 'another prompt' }
  const dialect = dialectOf(base.dialect)
  const notes = new Notes()
  notes.lines.push(...base.receipt)
  let text = base.body
  // Where the address says it, it is no field of the body, whoever calls it one.
  const inAddress = dialect.streamInBody ? undefined : edits.findLast(({ path }) => path.join('.') === 'stream')
  const rest = inAddress ? edits.filter(({ path }) => path.join('.') !== 'stream') : edits
  const asked = inAddress ? { ...base, stream: inAddress.value?.trim() === 'true' } : base
  if (inAddress) notes.add('rebuilt', 'stream', 'set here, in the address')
  const all =
    model === undefined || (moved && dialect.streamInBody) ? rest : [...modelEdits(model, dialect, text), ...rest]
  for (const edit of all) {
    const path = placeOf(edit.path, dialect, text)
    const edited = edit.value === undefined ? removeValue(text, path) : setValue(text, path, edit.value)
    if (edited === undefined) return { bad: edit.path.join('.') }
    text = edited
    notes.replaced(path.join('.'))
    notes.add('rebuilt', path.join('.'), edit.value === undefined ? 'taken out here' : 'set here')
  }
  if (model !== undefined && !dialect.streamInBody) notes.add('rebuilt', 'model', 'set here, in the address')
  const server = profile ? serverAt(hostOf(profile.origin)) : (serverOf(base.provider) ?? providerOf(base.dialect))
  const parsed = parseJson(text)
  const body = isObject(parsed) ? parsed : {}
  const { url, headers } = addressed(asked, dialect, body, model, profile, server, notes)
  noteGates(base.dialect, body, headers, notes)
  return {
    grade: base.grade,
    dialect: base.dialect,
    method: 'POST',
    url,
    headers,
    body: text,
    receipt: receiptOf(notes),
  }
}

/** Nothing of the log is in a body that somebody wrote; where the request goes, and how it is read, is as it was. */
function rewritten(base: LoggedRequest, body: string): LoggedRequest {
  const around = base.receipt.filter(({ field }) => field.startsWith('headers.'))
  return {
    ...base,
    grade: 'B',
    body,
    receipt: [{ field: 'body', from: 'rebuilt', note: 'as it was written here' }, ...around],
  }
}

/** The model stands in the body, or in the address and perhaps in the body too. */
function modelEdits(model: string, dialect: Dialect, text: string): Edit[] {
  const isThere = valueAt(text, ['model']) !== undefined
  return dialect.streamInBody || isThere ? [{ path: ['model'], value: JSON.stringify(model) }] : []
}

/** A parameter that a dialect keeps in a group may be named without it. */
function placeOf(path: readonly string[], { group, fields }: Dialect, text: string): readonly string[] {
  const [name] = path
  if (name === undefined || group === undefined || fields.has(name) || !group.fields.has(name)) return path
  return valueAt(text, [name]) ? path : [group.name, ...path]
}

function addressed(
  base: LoggedRequest,
  dialect: Dialect,
  body: JsonObject,
  model: string | undefined,
  profile: Profile | undefined,
  server: Server | undefined,
  notes: Notes,
): { readonly url: string; readonly headers: { readonly [name: string]: string } } {
  const named = model ?? (typeof body['model'] === 'string' ? body['model'] : base.model)
  if (!dialect.streamInBody && named === undefined) notes.lost('model', 'it stands in the address, and none is named')
  const path = dialect.path(named, dialect.streamInBody ? undefined : base.stream)
  const url = `${profile?.origin ?? server?.origin ?? providerOf(base.dialect).origin}${server ? pathAt(server, path) : path}`
  notes.add(
    'default',
    'url',
    profile
      ? `of the connection ${profile.name}`
      : 'where the provider itself answers; nothing is sent without a connection',
  )
  const key = keyHeader(base.dialect, server)
  const keyEnv = profile ? profile.keyEnv : (server ?? providerOf(base.dialect)).keyEnv
  const headers: Record<string, string> = { 'content-type': 'application/json', ...base.headers }
  if (key && keyEnv !== undefined) {
    headers[key.name] = `${key.before}$${keyEnv}`
    notes.left(
      `headers.${key.name}`,
      `the key called ${keyEnv} is put in when the request is sent; none is taken from a log`,
    )
  }
  return { url, headers }
}

function hostOf(origin: string): string {
  return /^https?:\/\/(\[[^\]]*\]|[^:/?#]*)/i.exec(origin)?.[1] ?? ''
}
