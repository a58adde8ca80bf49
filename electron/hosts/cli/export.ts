import { createWriteStream } from 'node:fs'
import { realpath, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip, createZstdCompress } from 'node:zlib'
import { exportFormats, type ExportFormat } from '../../../shared/contract/exports.ts'
import { InspectorError } from '../../../shared/domain/errors.ts'
import { formatBytes, formatPlural } from '../../../shared/format/numbers.ts'
import { type Command, type ExitCode, usageError, type Words } from './command.ts'
import { findTrace } from './find-trace.ts'
import { type Asker, existingStoreOf, storeOption, withInspector } from './inspect.ts'
import { isOver, print } from './output.ts'
import { safeLine } from './terminal.ts'

export const exportFile: Command = {
  name: 'export',
  summary: 'write a store, or some of its traces, to a file',
  usage: 'spanwise export -o FILE [--format F] [--trace ID …] [--store FILE]',
  help: [
    '-o FILE       where to; - writes to standard output. A name that ends in .gz or .zst is compressed',
    ...exportFormats.map(({ id, what, ending }, i) => {
      const lead = i === 0 ? '--format F   ' : ''.padEnd(13)
      return `${lead} ${id.padEnd(7)} ${what} (${ending})`
    }),
    '              Without it the name decides, else it is a bundle',
    '--trace ID    only this trace; may be given several times',
  ],
  options: {
    ...storeOption,
    output: { type: 'string', short: 'o' },
    format: { type: 'string' },
    trace: { type: 'string', multiple: true },
  },
  run: (words): Promise<ExitCode> => {
    if (words.positionals.length > 0) throw usageError('export takes options only; -o names the file.')
    const output = words.text('output')
    if (!output) throw usageError('export takes -o and the name of a file.')
    const format = readFormat(words, output)
    return withInspector<ExitCode>(existingStoreOf(words), async asker => {
      const traces: number[] = []
      for (const id of words.texts('trace')) traces.push(await findTrace(asker, id))
      const pieces = new Pieces(asker, format, traces)
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

class Pieces {
  spans = 0
  bytes = 0
  private readonly asker: Asker
  readonly format: ExportFormat
  private readonly traces: readonly number[]

  constructor(asker: Asker, format: ExportFormat, traces: readonly number[]) {
    this.asker = asker
    this.format = format
    this.traces = traces
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    const { ask } = this.asker
    const traces = this.traces.length > 0 ? { traces: [...this.traces] } : {}
    const { export: id } = await ask('exports.open', { format: this.format, ...traces })
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

/**
 * Written beside its place and put there when whole: a file of that name is always a complete one. A link stays a link,
 * and what is no file (a device, a pipe) is written to as it is.
 */
async function writeFile(output: string, pieces: Pieces): Promise<void> {
  const packing = /\.gz$/i.test(output) ? [createGzip()] : /\.zst$/i.test(output) ? [createZstdCompress()] : []
  let partial: string | undefined
  try {
    const there = await stat(output).catch(() => undefined)
    const file = there ? await realpath(output).catch(() => output) : output
    if (!there || there.isFile()) partial = `${file}.${process.pid}.part`
    const target = partial ? createWriteStream(partial, { flags: 'wx', mode: 0o600 }) : createWriteStream(output)
    await pipeline([Readable.from(pieces), ...packing, target])
    if (partial) await rename(partial, file)
  } catch (error) {
    if (partial) await rm(partial, { force: true })
    const { code } = error as NodeJS.ErrnoException
    if (error instanceof InspectorError || code === undefined) throw error
    throw new InspectorError('export/not-written', `${output} cannot be written (${code}).`)
  }
  const count = formatPlural(pieces.spans, 'span')
  const what = pieces.format === 'calls' ? `the calls of ${count}` : count
  await print(`${safeLine(output)}: ${what}, ${formatBytes(pieces.bytes)} of text\n`)
}
