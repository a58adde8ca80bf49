import type { Output } from '../../../shared/contract/index.ts'
import { formatCount } from '../../../shared/format/numbers.ts'
import { formatDateTime } from '../../../shared/format/times.ts'
import { type Command, type ExitCode, usageError } from './command.ts'
import { type Asker, existingStoreOf, storeOption, withInspector } from './inspect.ts'
import { type Column, isOver, paint, print, table } from './output.ts'
import { queryHelp, queryOption, questionOf } from './query.ts'
import { exportLibrary, importLibrary } from './prompt-library.ts'
import { waitForPrompts } from './recovered.ts'
import { safeJson, safeText } from './terminal.ts'
import { prepareAnswer } from './texts.ts'

type Row = Output<'prompts.list'>['prompts'][number]
type Version = Output<'prompts.versions'>['versions'][number]
type Whole = Output<'prompts.version'>

/** Prompts asked for at one time. */
const page = 200

export const prompts: Command = {
  name: 'prompts',
  summary: 'list prompts and their versions: named by files, or recovered from what was sent',
  usage: [
    'spanwise prompts [-q QUERY] [--store FILE] [--json]',
    '       spanwise prompts export FOLDER [--store FILE] [--json]',
    '       spanwise prompts import FOLDER [--dry-run] [--store FILE] [--json]',
  ].join('\n'),
  help: [
    ...queryHelp,
    '--json        {"prompts":[{"name","recovered","versions":[{"version","firstSeen","lastSeen","calls","replays","template",',
    '              "slots":[{"name","type"}]}]}],"complete"}: complete is false where not all could be recovered',
    'export FOLDER every version as a Markdown file, for git: facts in front, then its text to the letter',
    'import FOLDER reads such files: their versions are known from then on, and a recovered one of the same text is',
    '              called as they say',
    '--dry-run     only says what an import would change',
  ],
  options: { ...storeOption, ...queryOption, json: { type: 'boolean' }, 'dry-run': { type: 'boolean' } },
  run: (words): Promise<ExitCode> => {
    const [what, ...rest] = words.positionals
    if (what !== undefined && words.text('query') !== undefined) throw usageError('-q belongs to prompts by itself.')
    if (what !== 'import' && words.flag('dry-run')) throw usageError('--dry-run belongs to prompts import.')
    if (what === 'export') return exportLibrary(words, rest)
    if (what === 'import') return importLibrary(words, rest)
    if (what !== undefined) throw usageError('prompts takes export or import and a folder, or options only.')
    const where = questionOf(words)
    return withInspector<ExitCode>(existingStoreOf(words), async asker => {
      await waitForPrompts(asker)
      await prepareAnswer(asker, where)
      const asked = where ? { where } : {}
      const isJson = words.flag('json')
      if (isJson) await print('{"prompts":[')
      let complete = true
      const rows: Row[] = []
      for (;;) {
        const list = await asker.ask('prompts.list', { ...asked, offset: rows.length, limit: page })
        for (const [n, row] of list.prompts.entries()) {
          if (!isJson || isOver()) continue
          const { versions } = await asker.ask('prompts.versions', { ...asked, prompt: row.name })
          const whole = await wholeVersions(asker, row.name, versions)
          const { name, recovered } = row
          await print(`${rows.length + n === 0 ? '' : ','}\n${safeJson({ name, recovered, versions: whole })}`)
        }
        rows.push(...list.prompts)
        complete = list.complete
        if (rows.length >= list.total || list.prompts.length === 0) break
      }
      await print(isJson ? `\n],"complete":${complete}}\n` : drawPrompts(rows, complete))
      return 0
    })
  },
}

export const prompt: Command = {
  name: 'prompt',
  summary: 'print the versions of a prompt, or one of them whole',
  usage: 'spanwise prompt NAME [--version V] [--store FILE] [--json]',
  help: [
    '--version V   this version whole: template, variables, parameters, tools',
    '--json        everything that is known',
  ],
  options: { ...storeOption, version: { type: 'string' }, json: { type: 'boolean' } },
  run: (words): Promise<ExitCode> => {
    const [name, ...more] = words.positionals
    if (name === undefined || more.length > 0) throw usageError('prompt takes the name of one prompt.')
    return withInspector<ExitCode>(existingStoreOf(words), async asker => {
      const complete = await waitForPrompts(asker)
      const version = words.text('version')
      if (version !== undefined) {
        const whole = await asker.ask('prompts.version', { prompt: name, version })
        await print(words.flag('json') ? `${safeJson(versionJson(whole))}\n` : drawVersion(whole))
        return 0
      }
      const { recovered, versions, changes } = await versionsNamed(asker, name)
      if (words.flag('json')) {
        const said = changes.map(({ at, ...change }) => ({ at: timeOf(at), ...change }))
        const whole = await wholeVersions(asker, name, versions)
        await print(`${safeJson({ name, recovered, versions: whole, changes: said, complete })}\n`)
      } else await print(drawVersions(versions))
      return 0
    })
  },
}

/** Versions of a prompt there must be. */
export async function versionsNamed(asker: Asker, prompt: string): Promise<Output<'prompts.versions'>> {
  const found = await asker.ask('prompts.versions', { prompt })
  if (found.versions.length === 0) throw usageError(`There is no prompt ${prompt}; spanwise prompts lists them.`)
  return found
}

/** One of its versions, by its name or by what a person called it. */
export async function versionNamed(asker: Asker, prompt: string, version: string): Promise<Version> {
  const { versions } = await versionsNamed(asker, prompt)
  const named = versions.find(one => one.version === version) ?? versions.find(one => one.title === version)
  if (!named) {
    const known = versions.slice(-10).map(one => one.version ?? '-')
    throw usageError(`${prompt} has no version ${version}. It has ${known.join(', ')}.`)
  }
  return named
}

async function wholeVersions({ ask }: Asker, prompt: string, versions: readonly Version[]): Promise<object[]> {
  const found: object[] = []
  for (const row of versions) {
    const whole = await ask('prompts.version', { prompt, version: row.version, brief: true })
    const { template, slots } = versionJson(whole)
    found.push({ ...rowJson(row), ...(template === undefined ? {} : { template }), slots })
  }
  return found
}

function rowJson({
  version,
  recovered,
  sureness,
  title,
  pinned,
  calls,
  replays,
  firstSeen,
  lastSeen,
  models,
  query,
}: Version) {
  return {
    version,
    ...(title === undefined ? {} : { title }),
    recovered,
    ...(sureness === undefined ? {} : { sureness }),
    ...(pinned ? { pinned } : {}),
    ...(firstSeen === undefined ? {} : { firstSeen: timeOf(firstSeen) }),
    ...(lastSeen === undefined ? {} : { lastSeen: timeOf(lastSeen) }),
    calls,
    ...(replays === undefined ? {} : { replays }),
    models,
    query,
  }
}

export function versionJson(whole: Whole) {
  const { name, template, cut, slots, role, configurations, labels, environments, releases } = whole
  const { owners, authors, approvals, deployments } = whole
  return {
    name,
    ...rowJson(whole),
    ...(template === undefined ? {} : { template }),
    ...(cut > 0 ? { cut } : {}),
    slots: slots.map(({ name: slot, type, examples }) => ({
      name: slot,
      type,
      ...(examples.length > 0 ? { examples } : {}),
    })),
    ...(role === undefined ? {} : { role }),
    configurations: configurations.map(({ parameters, tools, firstSeen, lastSeen, ...one }) => ({
      ...one,
      ...(firstSeen === undefined ? {} : { firstSeen: timeOf(firstSeen) }),
      ...(lastSeen === undefined ? {} : { lastSeen: timeOf(lastSeen) }),
      ...(parameters === undefined ? {} : { parameters: parsed(parameters) }),
      ...(tools === undefined ? {} : { tools: parsed(tools) }),
    })),
    ...Object.fromEntries(
      Object.entries({ labels, environments, releases, owners, authors, approvals, deployments }).filter(
        ([, values]) => values.length > 0,
      ),
    ),
  }
}

/** What was cut is no JSON any more. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return json
  }
}

/** ISO 8601, to the millisecond; beyond what a date can be nothing. */
function timeOf(microseconds: number): string | undefined {
  const date = new Date(microseconds / 1000)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}

/** How many of the calls were sent again from here; no column where none was. */
function replaysIn<T extends { readonly replays?: number | undefined }>(rows: readonly T[]): Column<T>[] {
  if (rows.every(row => row.replays === undefined)) return []
  return [{ title: 'REPLAYS', read: row => (row.replays === undefined ? '' : formatCount(row.replays)), right: true }]
}

function drawPrompts(rows: readonly Row[], complete: boolean): string {
  if (rows.length === 0) return 'No call has a prompt.\n'
  const list = table(rows, [
    { title: 'PROMPT', read: row => row.name, most: 50 },
    { title: '', read: row => (row.recovered ? 'recovered' : '') },
    { title: 'VERSIONS', read: row => formatCount(row.versions), right: true },
    { title: 'CALLS', read: row => formatCount(row.calls), right: true },
    ...replaysIn(rows),
    { title: 'FIRST SEEN', read: row => formatDateTime(row.firstSeen) },
    { title: 'LAST SEEN', read: row => formatDateTime(row.lastSeen) },
    { title: 'MODELS', read: row => row.models.map(one => one.value).join(', '), most: 40 },
  ])
  return complete ? list : `${list}${paint('dim', 'Not all calls have been looked at: more may come.')}\n`
}

function drawVersions(versions: readonly Version[]): string {
  return table(versions, [
    { title: 'VERSION', read: row => row.version ?? '-', most: 40 },
    { title: '', read: row => (row.recovered ? `recovered, ${row.sureness ?? 'unsure'}` : '') },
    { title: 'TITLE', read: row => row.title ?? '', most: 30 },
    { title: 'CALLS', read: row => formatCount(row.calls), right: true },
    ...replaysIn(versions),
    { title: 'FIRST SEEN', read: row => formatDateTime(row.firstSeen) },
    { title: 'LAST SEEN', read: row => formatDateTime(row.lastSeen) },
    { title: 'MODELS', read: row => row.models.map(one => one.value).join(', '), most: 40 },
  ])
}

function drawVersion(whole: Whole): string {
  const head = `${paint('bold', safeText(`${whole.name} ${whole.version ?? ''}`.trim()))}  ${formatCount(whole.calls)} calls\n\n`
  const text = whole.template === undefined ? paint('dim', 'Its text is not known.') : safeText(whole.template)
  const slots = whole.slots.map(({ name, type, examples }) => ({ name, type, example: examples[0] ?? '' }))
  const values = table(slots, [
    { title: 'VARIABLE', read: row => row.name },
    { title: 'TYPE', read: row => row.type },
    { title: 'FOR EXAMPLE', read: row => row.example, most: 60 },
  ])
  return `${head}${text}\n${slots.length === 0 ? '' : `\n${values}`}`
}
