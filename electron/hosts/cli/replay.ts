import { isLink, readLink } from '../../../shared/links/link.ts'
import { InspectorError } from '../../../shared/domain/errors.ts'
import { isJsonText } from '../../../shared/replay/json-edit.ts'
import type { Edit } from '../../../shared/replay/compose.ts'
import type { ReplayRequest } from '../../../shared/replay/types.ts'
import { type Command, type ExitCode, usageError, type Words } from './command.ts'
import { type Asker, existingStoreOf, storeOption, withInspector } from './inspect.ts'
import { paint, print, table } from './output.ts'
import { readProfile } from './profile.ts'
import { safeJson, safeLine, safeText } from './terminal.ts'

export const replay: Command = {
  name: 'replay',
  summary: 'show the request of a logged call as it would be sent again, and where each field of it is from',
  usage: 'spanwise replay <spanId> --dry-run [--model M] [--set NAME=VALUE]… [--profile P] [--store FILE] [--json]',
  help: [
    '<spanId>      of the call; TRACE/SPAN where several traces have such a span; or a trace with one call',
    '--dry-run     send nothing: print the request and its receipt',
    '--model M     another model',
    '--set N=V     another value of the body (temperature=0, messages.0.content="Hello"): JSON, or else a text;',
    '              nothing but its characters changes',
    '--profile P   where it would go: a JSON file {"name","origin","dialect","keyEnv"}, or the name of a known server',
    '--json        {"grade","dialect","method","url","headers","body","receipt"}',
  ],
  options: {
    ...storeOption,
    'dry-run': { type: 'boolean' },
    model: { type: 'string' },
    set: { type: 'string', multiple: true },
    profile: { type: 'string' },
    json: { type: 'boolean' },
  },
  run: async (words): Promise<ExitCode> => {
    const [written, ...more] = words.positionals
    if (written === undefined || more.length > 0) throw usageError('replay takes one span id.')
    const changes = await readChanges(words)
    if (!words.flag('dry-run')) {
      throw new InspectorError('replay/no-sending', 'This build cannot send yet: --dry-run shows the request.')
    }
    return withInspector<ExitCode>(existingStoreOf(words), async asker => {
      const id = await findCall(asker, written)
      const request = await asker.ask('replay.request', { id, ...changes })
      await print(words.flag('json') ? `${safeJson(request)}\n` : draw(request))
      return 0
    })
  },
}

async function readChanges(words: Words) {
  const model = words.text('model')
  if (model === '') throw usageError('--model takes the name of a model.')
  const edits = words.texts('set').map(readEdit)
  const named = words.text('profile')
  const profile = named === undefined ? undefined : await readProfile(named)
  return {
    ...(model === undefined ? {} : { model }),
    ...(edits.length === 0 ? {} : { edits }),
    ...(profile === undefined ? {} : { profile }),
  }
}

/** What is JSON stays as it is written, digits and all; anything else is a text. */
function readEdit(written: string): Edit & { path: string[] } {
  const cut = written.indexOf('=')
  if (cut < 1) throw usageError('--set takes NAME=VALUE.')
  const value = written.slice(cut + 1)
  return { path: written.slice(0, cut).split('.'), value: isJsonText(value) ? value.trim() : JSON.stringify(value) }
}

async function findCall({ ask }: Asker, written: string): Promise<number> {
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

function draw({ grade, dialect, method, url, headers, body, receipt }: ReplayRequest): string {
  const head = [`${method} ${url}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)]
  const lines = table(receipt, [
    { title: 'FIELD', read: line => line.field, most: 40 },
    { title: 'FROM', read: line => line.from, colour: line => (line.from === 'missing' ? 'yellow' : undefined) },
    { title: 'NOTE', read: line => line.note, most: 100 },
  ])
  return `${paint('bold', grades[grade])} (${dialect})\n\n${head.map(safeLine).join('\n')}\n\n${lines}\n${safeText(body)}\n`
}
