import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { InspectorError } from '../../../shared/domain/errors.ts'
import { mappedRoles, rowsLookedAt, type AbsentField, type FieldMapping } from '../../../shared/domain/mapping.ts'
import { leftSomething, type ImportReceipt } from '../../../shared/domain/receipt.ts'
import { type Command, type ExitCode, usageError, type Words } from './command.ts'
import { runCheck, runImport } from './import-run.ts'
import { storeOf, storeOption, withImporter, type Asker } from './inspect.ts'
import { mappingExample, readMapping } from './mapping-file.ts'
import { complain, print } from './output.ts'
import { drawPreview, drawReceipt } from './receipt-text.ts'
import { safeJson, safeLine } from './terminal.ts'

export const importFiles: Command = {
  name: 'import',
  summary: 'read dumps into a store',
  usage: 'spanwise import <paths…> [--dry-run] [--mapping FILE] [--store FILE] [--json]',
  help: [
    '<paths…>        files or folders; - reads standard input. Content decides the format; packed files are fine',
    '--dry-run       say what the import would do, and write nothing',
    '--mapping FILE  what the fields of rows in no known format mean, as JSON:',
    `                ${mappingExample}`,
    '                A path leads into objects by dots. Units are s, ms (where none is said), us, ns. Fields:',
    ...foldedWords(mappedRoles, 100).map(line => `                ${line}`),
    '--json          the receipt as one JSON document',
    '',
    'Exit code 0: all read. 2: some records could not be read, fields were guessed, or --mapping names fields that no',
    'row has; the receipt says which.',
    '1: nothing could be done.',
  ],
  options: {
    ...storeOption,
    json: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
    mapping: { type: 'string' },
  },
  run: async words => {
    const paths = words.positionals
    if (paths.length === 0) throw usageError('import takes files or folders, or - for standard input.')
    if (paths.includes('')) throw usageError('a path is empty.')
    if (paths.includes('-') && paths.length > 1) throw usageError('- (standard input) stands alone.')
    const named = words.text('mapping')
    const mapping = named === undefined ? undefined : readMapping(named)
    const place = storeOf(words)
    if (!words.flag('dry-run')) {
      // A mistyped path makes no store, and no import of nothing.
      if (!paths.some(one => one === '-' || existsSync(one))) throw noFile(paths[0]!)
      return withImporter(place, async asker =>
        tell(asker, words, { ...(await runImport(asker, paths, mapping)), mapping }),
      )
    }
    using store = storeToTry(place)
    return await withImporter(store.path, async asker => {
      const { receipt, preview, error } = await runCheck(asker, paths, mapping)
      return tell(asker, words, { receipt, error, mapping }, drawPreview(preview))
    })
  },
}

/** Words in lines of at most so many characters. */
function foldedWords(words: readonly string[], width: number): string[] {
  const lines = ['']
  for (const word of words) {
    if (lines.at(-1)!.length + word.length >= width) lines.push('')
    lines.push(`${lines.pop()!} ${word}`.trimStart())
  }
  return lines
}

function noFile(one: string): InspectorError {
  return new InspectorError('import/missing', `${safeLine(one)}: There is no such file.`)
}

/** A dry run makes no store: where there is none, it is tried on an empty one that goes when it is over. */
function storeToTry(store: string): { readonly path: string } & Disposable {
  if (existsSync(store)) return { path: store, [Symbol.dispose]: () => {} }
  const folder = mkdtempSync(path.join(tmpdir(), 'spanwise-'))
  return {
    path: path.join(folder, 'empty.spanwise'),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}

interface Outcome {
  readonly receipt?: ImportReceipt | undefined
  readonly error?: { readonly code: string; readonly message: string } | undefined
  readonly mapping?: FieldMapping | undefined
  /** The import that was made; none by a dry run. */
  readonly import?: number
}

async function tell(asker: Asker, words: Words, outcome: Outcome, preview = ''): Promise<ExitCode> {
  const { receipt, error, mapping } = outcome
  if (!receipt && process.exitCode === 130) return 130
  if (!receipt) throw new InspectorError(error?.code ?? 'import/failed', error?.message ?? 'The import failed.')
  if (words.flag('json')) await print(`${safeJson(receipt)}\n`)
  else {
    const { formats, conventions } = await asker.ask('app.info', {})
    const byId = (list: typeof formats) => new Map(list.map(({ id, label }) => [id, label]))
    const removal = outcome.import === undefined ? undefined : removalOf(outcome.import, words)
    const text = drawReceipt(receipt, { formats: byId(formats), conventions: byId(conventions) }, removal)
    await print(`${preview}${text}`)
  }
  if (error) complain(error.message)
  const absent = mapping ? absentFields(mapping, receipt) : []
  if (absent.length > 0) complain(describeAbsent(absent, receipt))
  const judged = judge(receipt)
  const exitCode = judged === 0 && absent.length > 0 ? 2 : judged
  if (exitCode === 1) complain(whyNothing(receipt))
  return process.exitCode === 130 ? 130 : exitCode
}

/** The command that takes an import out of this store again, to be pasted into a shell. */
function removalOf(id: number, words: Words): string {
  const store = words.text('store')
  if (store === undefined) return `spanwise remove ${id}`
  const quoted = /^[\w./:\\-]+$/.test(store) ? store : `'${store.replaceAll("'", `'\\''`)}'`
  return `spanwise remove ${id} --store ${quoted}`
}

/** Whether anything was read, all of it, and without guessing. */
function judge(receipt: ImportReceipt): ExitCode {
  const { files, totals } = receipt
  const failures = files.filter(file => file.failure).length
  if (files.length === 0) return 1
  if (totals.spans === 0 && (failures > 0 || totals.unreadable > 0)) return 1
  const guessed = files.some(file => file.unknownRows?.some(({ from }) => from === 'names and values'))
  return guessed || leftSomething(receipt) ? 2 : 0
}

/** What the mapping names and no row of any file has. */
function absentFields({ fields }: FieldMapping, { files }: ImportReceipt): AbsentField[] {
  const rows = files.flatMap(file => file.unknownRows ?? [])
  return [...new Set(Object.values(fields))].flatMap(path => {
    const found = rows.map(({ absent = [] }) => absent.find(field => field.path === path))
    if (found.includes(undefined)) return []
    return [found.find(field => field?.nearest !== undefined) ?? { path }]
  })
}

function describeAbsent(absent: readonly AbsentField[], { files }: ImportReceipt): string {
  const isLong = files.some(file => file.unknownRows?.some(({ rows }) => rows > rowsLookedAt))
  const none = isLong ? `none of the first ${rowsLookedAt} rows has` : 'no row has'
  const told = absent.slice(0, 10).map(({ path, nearest }) => {
    const meant = nearest === undefined ? '' : ` (did you mean ${safeLine(JSON.stringify(nearest))}?)`
    return `${safeLine(JSON.stringify(path))}${meant}`
  })
  const more = absent.length > told.length ? `, and ${absent.length - told.length} more` : ''
  return `${none} the ${absent.length === 1 ? 'field' : 'fields'} of --mapping: ${told.join(', ')}${more}.`
}

function whyNothing({ files }: ImportReceipt): string {
  const first = files.find(file => file.failure)
  if (first?.failure) return `${first.path}: ${first.failure.message}`
  return files.length === 0 ? 'there are no files here.' : 'nothing in this could be read as spans.'
}
