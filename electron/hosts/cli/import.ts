import path from 'node:path'
import type { ImportProgress, importEvents } from '../../../shared/contract/imports.ts'
import { InspectorError } from '../../../shared/domain/errors.ts'
import type { FileReceipt, ImportReceipt } from '../../../shared/domain/receipt.ts'
import { formatBytes, formatCount, formatPlural, formatTokens } from '../../../shared/format/numbers.ts'
import type { z } from '../../../shared/contract/schemas.ts'
import { type Command, type ExitCode, usageError } from './command.ts'
import { type Asker, storeOf, storeOption, withImporter } from './inspect.ts'
import { complain, paint, print } from './output.ts'
import { safeJson, safeLine } from './terminal.ts'

type Ended = z.output<(typeof importEvents)['imports.ended']>

export const importFiles: Command = {
  name: 'import',
  summary: 'read dumps into a store',
  usage: 'spanwise import <paths…> [--store FILE] [--json]',
  help: [
    '<paths…>      files or folders; - reads standard input. Content decides the format; gzip is fine',
    '--json        the receipt as one JSON document',
    '',
    'Exit code 0: all read. 2: some records could not be read; the receipt names them. 1: nothing could be done.',
  ],
  options: { ...storeOption, json: { type: 'boolean' } },
  run: words => {
    const paths = words.positionals
    if (paths.length === 0) throw usageError('import takes files or folders, or - for standard input.')
    if (paths.includes('')) throw usageError('a path is empty.')
    if (paths.includes('-') && paths.length > 1) throw usageError('- (standard input) stands alone.')
    return withImporter(storeOf(words), async asker => {
      const ended = await runImport(asker, paths)
      const { receipt } = ended
      if (!receipt)
        throw new InspectorError(ended.error?.code ?? 'import/failed', ended.error?.message ?? 'The import failed.')
      await print(words.flag('json') ? `${safeJson(receipt)}\n` : drawReceipt(receipt))
      if (ended.error) complain(ended.error.message)
      const exitCode = judge(receipt)
      if (exitCode === 1) complain(whyNothing(receipt))
      return process.exitCode === 130 ? 130 : exitCode
    })
  },
}

async function runImport(asker: Asker, paths: readonly string[]): Promise<Ended> {
  // Listening before asking: a small file is read before the answer is.
  const early: Ended[] = []
  let id: number | undefined
  let resolve: (ended: Ended) => void = () => {}
  const end = new Promise<Ended>(r => (resolve = r))
  asker.on('imports.ended', ended => {
    if (id === undefined) early.push(ended)
    else if (ended.import === id) resolve(ended)
  })
  const meter = drawProgress()
  asker.on('imports.progress', meter.show)

  if (paths[0] === '-') {
    const announced = await asker.ask('imports.upload', { files: [{ name: 'standard input' }] })
    id = announced.import
    void asker.inspector.upload(announced.key, process.stdin).catch(() => {}) // told by imports.ended
  } else {
    id = (await asker.ask('imports.start', { paths: paths.map(one => path.resolve(one)) })).import
  }
  const mine = early.find(ended => ended.import === id)
  if (mine) resolve(mine)

  const running = id
  const interrupt = (): void => {
    process.exitCode = 130
    void asker.ask('imports.cancel', { import: running }).catch(() => {})
  }
  process.once('SIGINT', interrupt)
  process.once('SIGTERM', interrupt)
  const ended = await end
  process.off('SIGINT', interrupt)
  process.off('SIGTERM', interrupt)
  meter.clear()
  // Nobody reads on: what still comes in is let go.
  if (paths[0] === '-') process.stdin.destroy()
  return ended
}

function drawProgress(): { readonly show: (progress: ImportProgress) => void; readonly clear: () => void } {
  if (!process.stderr.isTTY) return { show: () => {}, clear: () => {} }
  return {
    show: ({ file, bytes, totalBytes, spans, spansPerSecond, secondsLeft, phase }) => {
      const share = totalBytes ? `${Math.min(99, Math.floor((bytes / totalBytes) * 100))}%` : formatBytes(bytes)
      const left = secondsLeft === undefined ? '' : ` · ${Math.ceil(secondsLeft)} s left`
      const doing = phase === 'reading' ? safeLine(file) : 'finishing'
      const line = `${share} · ${formatCount(spans)} spans · ${formatCount(Math.round(spansPerSecond))}/s${left} · ${doing}`
      process.stderr.write(`\r\x1b[K${line.slice(0, (process.stderr.columns ?? 80) - 1)}`)
    },
    clear: () => void process.stderr.write('\r\x1b[K'),
  }
}

/** Whether anything was read, and all of it. */
function judge({ files, totals }: ImportReceipt): ExitCode {
  const failures = files.filter(file => file.failure).length
  if (files.length === 0) return 1
  if (totals.spans === 0 && (failures > 0 || totals.unreadable > 0)) return 1
  return failures > 0 || totals.unreadable > 0 ? 2 : 0
}

function whyNothing({ files }: ImportReceipt): string {
  const first = files.find(file => file.failure)
  if (first?.failure) return `${first.path}: ${first.failure.message}`
  return files.length === 0 ? 'there are no files here.' : 'nothing in this could be read as spans.'
}

function drawReceipt({ files, totals, seconds, outcome }: ImportReceipt): string {
  const sum = [
    formatPlural(totals.traces, 'trace'),
    formatPlural(totals.spans, 'span'),
    formatPlural(totals.calls, 'call'),
    `${formatTokens(totals.inputTokens)} tokens in, ${formatTokens(totals.outputTokens)} out`,
    `${formatCount(totals.added)} new, ${formatCount(totals.known)} known`,
    `${seconds.toFixed(1)} s`,
  ]
  const state = outcome === 'partial' ? paint('yellow', 'Partial: what was committed is kept. ') : ''
  return `${files.map(drawFile).join('')}${state}${sum.join(' · ')}\n`
}

function drawFile(file: FileReceipt): string {
  const lines: string[] = []
  if (file.failure) lines.push(paint('red', `  ${safeLine(file.failure.message)}`))
  else {
    const meaning = Object.entries(file.conventions).map(([name, spans]) => `${safeLine(name)} ${formatCount(spans)}`)
    const size = file.bytes > 0 ? [formatBytes(file.bytes)] : []
    const facts = [file.format ?? 'no format', ...size, formatPlural(file.spans, 'span'), ...meaning]
    lines.push(`  ${facts.join(' · ')}`)
  }
  for (const { what, count } of file.skipped) lines.push(`  ${safeLine(what)}, skipped: ${formatCount(count)}`)
  // Of a file that is no dump each line is unreadable for the same reason.
  const most = file.failure?.code === 'import/unrecognised' ? 0 : 20
  for (const record of file.unreadable.slice(0, most)) {
    const place = record.line === undefined ? `byte ${formatCount(record.byte)}` : `line ${formatCount(record.line)}`
    lines.push(paint('yellow', `  ${place}  ${safeLine(record.message)}`))
  }
  const more = file.unreadableCount - Math.min(most, file.unreadable.length)
  if (most > 0 && more > 0)
    lines.push(paint('yellow', `  and ${formatCount(more)} more records that could not be read`))
  return [paint('bold', safeLine(file.path)), ...lines].map(line => `${line}\n`).join('')
}
