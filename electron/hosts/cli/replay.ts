import type { Input } from '../../../shared/contract/index.ts'
import { isLink, readLink } from '../../../shared/links/link.ts'
import { InspectorError } from '../../../shared/domain/errors.ts'
import { isJsonText } from '../../../shared/replay/json-edit.ts'
import type { Edit, Profile } from '../../../shared/replay/compose.ts'
import type { ReplayRequest } from '../../../shared/replay/types.ts'
import { toProfile } from '../../../shared/replay/profile.ts'
import { type Command, type ExitCode, usageError, type Words } from './command.ts'
import { type Asker, existingStoreOf, storeOption, withInspector } from './inspect.ts'
import { paint, print, table } from './output.ts'
import { readProfile } from './profile.ts'
import { versionNamed } from './prompts.ts'
import { sendNow } from './send.ts'
import { safeJson, safeLine, safeText } from './terminal.ts'

export const replay: Command = {
  name: 'replay',
  summary: 'send a logged call again, as it was or changed, and keep the answer beside it',
  usage:
    'spanwise replay <spanId> [--model M] [--set NAME=VALUE]… [--prompt NAME@VERSION [--draft]] [--profile P] [--repeat N] [--ceiling DOLLARS] [--dry-run] [--store FILE] [--json]',
  help: [
    '<spanId>      of the call; TRACE/SPAN where several traces have such a span; or a trace with one call',
    '--dry-run     send nothing: print the request and its receipt',
    '--model M     another model',
    '--set N=V     another value of the body (temperature=0, messages.0.content="Hello"): JSON, or else a text;',
    '              nothing but its characters changes',
    '--prompt N@V  another prompt in place of its own, with the values of this call; --draft: what is being written for it',
    '--profile P   where it goes: the name of a saved connection or of a known server, or a JSON file',
    '              {"name","origin","dialect","keyEnv"}; without it, the only saved connection of its dialect',
    '--repeat N    N times, one after another, as one run; with --json a line each',
    '--ceiling D   dollars that these may cost together: what could cross it is not sent',
    '--json        {"traceId","spanId","status","usage","cost","outputMessages"} of the stored answer; with --dry-run',
    '              {"grade","dialect","method","url","headers","body","receipt"}',
    '',
    'It is sent once, and to nowhere else: no second try, no redirect. Tools are never run. The key is read from the',
    'environment, by the name that the connection has for it, or from the vault, which SPANWISE_PASSPHRASE opens.',
    'Exit code: 0 the answer is whole, 1 it is not, was refused, or nothing could be sent, 130 Ctrl-C stopped it.',
  ],
  options: {
    ...storeOption,
    'dry-run': { type: 'boolean' },
    model: { type: 'string' },
    set: { type: 'string', multiple: true },
    prompt: { type: 'string' },
    draft: { type: 'boolean' },
    profile: { type: 'string' },
    repeat: { type: 'string' },
    ceiling: { type: 'string' },
    json: { type: 'boolean' },
  },
  run: async (words): Promise<ExitCode> => {
    const [written, ...more] = words.positionals
    if (written === undefined || more.length > 0) throw usageError('replay takes one span id.')
    const edits = readChanges(words)
    const isJson = words.flag('json')
    const times = numberOf(
      words,
      'repeat',
      'a number from 1 to 1000',
      number => Number.isInteger(number) && number <= 1000,
    )
    const ceiling = numberOf(words, 'ceiling', 'an amount of dollars')
    return withInspector<ExitCode>(existingStoreOf(words), async asker => {
      const named = await namedProfile(asker, words.text('profile'))
      const id = await findCall(asker, written)
      const changes = { ...edits, ...(await readPrompt(asker, words)) }
      if (!words.flag('dry-run')) {
        const { profile, isSaved } = named ?? (await onlyProfile(asker, id))
        const limit = ceiling === undefined ? {} : { ceiling }
        return sendNow(asker, { id, ...changes, ...limit, profile: isSaved ? profile.name : profile }, isJson, times)
      }
      const request = await asker.ask('replay.request', {
        id,
        ...changes,
        ...(named ? { profile: named.profile } : {}),
      })
      const isChanged = changes.edits !== undefined || changes.model !== undefined || changes.prompt !== undefined
      await print(isJson ? `${safeJson(request)}\n` : draw(request, isChanged))
      return 0
    })
  },
}

function readChanges(words: Words) {
  const model = words.text('model')
  if (model === '') throw usageError('--model takes the name of a model.')
  const edits = words.texts('set').map(readEdit)
  return { ...(model === undefined ? {} : { model }), ...(edits.length === 0 ? {} : { edits }) }
}

function numberOf(
  words: Words,
  name: string,
  what: string,
  fits = (value: number): boolean => Number.isFinite(value),
): number | undefined {
  const written = words.text(name)
  if (written === undefined) return undefined
  const number = Number(written)
  if (!(number > 0) || !fits(number)) throw usageError(`--${name} takes ${what}.`)
  return number
}

/** A version by its name, or by what a person called it. */
async function readPrompt(asker: Asker, words: Words): Promise<Pick<Input<'replay.request'>, 'prompt'>> {
  const named = words.text('prompt')
  const draft = words.flag('draft')
  if (named === undefined) {
    if (draft) throw usageError('--draft says of --prompt which text of it is meant.')
    return {}
  }
  const cut = named.lastIndexOf('@')
  if (cut < 1) throw usageError('--prompt takes NAME@VERSION; spanwise prompts lists them.')
  const [prompt, written] = [named.slice(0, cut), named.slice(cut + 1)]
  const { version } = await versionNamed(asker, prompt, written)
  return { prompt: { prompt, version, ...(draft ? { draft } : {}) } }
}

/** A connection that was saved, by its name; else one that is brought. */
async function namedProfile({ ask }: Asker, named: string | undefined): Promise<Chosen | undefined> {
  if (named === undefined) return undefined
  const { profiles } = await ask('replay.profiles', {})
  const saved = profiles.find(({ name }) => name === named)
  if (saved) return { profile: toProfile(saved), isSaved: true }
  const names = profiles.map(({ name }) => name)
  return { profile: await readProfile(named, names), isSaved: false }
}

/** Of several it is not for us to choose, and no log says where a request goes. */
async function onlyProfile({ ask }: Asker, id: number): Promise<Chosen> {
  const { dialect } = await ask('replay.request', { id })
  const { profiles } = await ask('replay.profiles', {})
  const [only, ...more] = profiles.filter(profile => profile.dialect === dialect)
  if (only && more.length === 0) return { profile: toProfile(only), isSaved: true }
  const names = only ? `: ${[only, ...more].map(({ name }) => name).join(', ')}` : ''
  throw new InspectorError(
    'replay/no-profile',
    `Say where it goes with --profile: ${only ? 'several' : 'no'} saved connections speak ${dialect}${names}.`,
  )
}

interface Chosen {
  readonly profile: Profile
  readonly isSaved: boolean
}

/** What is JSON stays as it is written, digits and all; anything else is a text. */
function readEdit(written: string): Edit & { path: string[] } {
  const cut = written.indexOf('=')
  if (cut < 1) throw usageError('--set takes NAME=VALUE.')
  const value = written.slice(cut + 1)
  return { path: written.slice(0, cut).split('.'), value: isJsonText(value) ? value.trim() : JSON.stringify(value) }
}

/** The row of a call by the id of its span. */
export async function findCall({ ask }: Asker, written: string): Promise<number> {
  const [spanId, traceId] = readPlace(written)
  const { id, several } = await ask('replay.find', { spanId, ...(traceId === undefined ? {} : { traceId }) })
  if (id !== null) return id
  if (several) {
    throw new InspectorError(
      'cli/ambiguous',
      `Several traces have a span ${written}; say which: ${several.map(trace => `${trace}/${written}`).join(', ')} …`,
    )
  }
  throw new InspectorError(
    'cli/no-span',
    `The store has no span ${written}; spanwise spans -q kind:generation --json lists them.`,
  )
}

/** `TRACE/SPAN`, a link of the window, or a span alone. */
function readPlace(written: string): readonly [spanId: string, traceId?: string] {
  if (isLink(written)) {
    const link = readLink(written)
    const spanId = link?.parts.get('spanId')
    const traceId = /^\/trace\/([^/]+)$/.exec(link?.path ?? '')?.[1]
    if (spanId === undefined || traceId === undefined) throw usageError('this link names no span.')
    return [spanId, decodeURIComponent(traceId)]
  }
  const cut = written.indexOf('/')
  return cut > 0 ? [written.slice(cut + 1), written.slice(0, cut)] : [written]
}

const grades = {
  A: 'A, exact: the body as it is logged',
  B: 'B, assembled: put together from what is logged',
  C: 'C, lossy: something that was there is not in it',
} as const

function draw({ grade, dialect, method, url, headers, body, receipt }: ReplayRequest, isChanged: boolean): string {
  const head = [`${method} ${url}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)]
  const lines = table(receipt, [
    { title: 'FIELD', read: line => line.field, most: 40 },
    { title: 'FROM', read: line => line.from, colour: line => (line.from === 'missing' ? 'yellow' : undefined) },
    { title: 'NOTE', read: line => line.note, most: 100 },
  ])
  return `${paint('bold', grades[grade])}${isChanged ? ', changed here' : ''} (${dialect})\n\n${head.map(safeLine).join('\n')}\n\n${lines}\n${safeText(body)}\n`
}
