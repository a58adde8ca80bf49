import path from 'node:path'
import { exportInputs, type ExportIds } from '../../../shared/contract/export-ids.ts'
import { exportFormats, type ExportFormat } from '../../../shared/contract/exports.ts'
import type { Question } from '../../../shared/contract/search.ts'
import { InspectorError } from '../../../shared/domain/errors.ts'
import { formatBytes, formatPlural } from '../../../shared/format/numbers.ts'
import { type Command, type ExitCode, usageError, type Words } from './command.ts'
import { findTrace } from './find-trace.ts'
import { type Asker, existingStoreOf, storeOption, withInspector } from './inspect.ts'
import { isOver, print } from './output.ts'
import { queryOption, questionOf } from './query.ts'
import { safeLine } from './terminal.ts'
import { prepareAnswer } from './texts.ts'
import { writeWhole } from './whole-file.ts'

export const exportFile: Command = {
  name: 'export',
  summary: 'write a store, or some of its traces, to a file',
  usage: 'spanwise export -o FILE [--format F] [-q QUERY | --trace ID …] [--store FILE]',
  help: [
    '-o FILE       where to; - writes to standard output. A name that ends in .gz or .zst is compressed',
    ...exportFormats.map(({ id, what, ending }, i) => {
      const lead = i === 0 ? '--format F   ' : ''.padEnd(13)
      return `${lead} ${id.padEnd(7)} ${what} (${ending})`
    }),
    '              Without it the name decides, else it is a bundle',
    '-q QUERY      tables: only the spans that match. Else the traces that hold one, whole, so that they open again.',
    '              spanwise help query says what a query can ask',
    '--trace ID    only this trace; may be given several times',
  ],
  options: {
    ...storeOption,
    ...queryOption,
    output: { type: 'string', short: 'o' },
    format: { type: 'string' },
    trace: { type: 'string', multiple: true },
  },
  run: (words): Promise<ExitCode> => {
    if (words.positionals.length > 0) throw usageError('export takes options only; -o names the file.')
    const output = words.text('output')
    if (!output) throw usageError('export takes -o and the name of a file.')
    const format = readFormat(words, output)
    const where = questionOf(words)
    if (where && words.texts('trace').length > 0)
      throw usageError('export takes -q or --trace; trace:(…) is a query too.')
    return withInspector<ExitCode>(existingStoreOf(words), async asker => {
      const traces: number[] = []
      for (const id of words.texts('trace')) traces.push(await findTrace(asker, id))
      const only = where ? await matching(asker, where, format) : traces.length > 0 ? { traces } : undefined
      const pieces = new Pieces(asker, format, only)
      if (output === '-') await printAll(pieces)
      else await writeFile(path.resolve(output), pieces)
      return 0
    })
  },
}

function readFormat(words: Words, output: string): ExportFormat {
  const said = words.text('format')
  const known = exportFormats.find(({ id }) => id === said)
  if (known) return known.id
  if (said !== undefined) {
    throw usageError(`--format is one of ${exportFormats.map(({ id }) => id).join(', ')}, not ${said}.`)
  }
  const name = output.toLowerCase().replace(/\.(?:gz|zst)$/, '')
  if (name.endsWith('.csv')) return name.includes('calls') ? 'calls' : 'spans'
  return exportFormats.find(({ ending }) => name.endsWith(ending))?.id ?? 'bundle'
}

/** What matches: of a table spans, else whole traces. */
async function matching(asker: Asker, where: Question, format: ExportFormat): Promise<ExportIds> {
  await prepareAnswer(asker, where)
  const isTable = format !== 'bundle' && format !== 'otlp'
  const { id, trace } = await asker.ask('lists.ids', { list: isTable ? 'spans' : 'traces', where })
  if (id.length === 0) throw new InspectorError('export/nothing', 'Nothing matches the query: no file was written.')
  return isTable ? { traces: [...new Set(trace)], spans: [...id] } : { traces: [...id] }
}

class Pieces {
  spans = 0
  bytes = 0
  private readonly asker: Asker
  readonly format: ExportFormat
  private readonly part: ExportIds | undefined

  constructor(asker: Asker, format: ExportFormat, part: ExportIds | undefined) {
    this.asker = asker
    this.format = format
    this.part = part
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    const { ask } = this.asker
    const { format, part } = this
    const [first, ...more] = exportInputs(part)
    const { export: id } = await ask('exports.open', { format, ...first })
    for (const input of more) await ask('exports.more', { export: id, ...input })
    for (let isDone = false; !isDone;) {
      const { text, spans, done } = await ask('exports.next', { export: id })
      isDone = done
      this.spans = spans
      this.bytes += Buffer.byteLength(text)
      if (text !== '') yield text
    }
  }
}

async function printAll(pieces: Pieces): Promise<void> {
  for await (const text of pieces) {
    if (isOver()) return
    await print(text)
  }
}

async function writeFile(output: string, pieces: Pieces): Promise<void> {
  await writeWhole(output, pieces, 'export/not-written')
  const count = formatPlural(pieces.spans, 'span')
  const what = pieces.format === 'calls' ? `the calls of ${count}` : count
  await print(`${safeLine(output)}: ${what}, ${formatBytes(pieces.bytes)} of text\n`)
}
