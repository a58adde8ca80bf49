import path from 'node:path'
import type { z } from '../../../shared/contract/schemas.ts'
import type { importEvents } from '../../../shared/contract/imports.ts'
import type { scoreEvents } from '../../../shared/contract/scores.ts'
import type { FieldMapping } from '../../../shared/domain/mapping.ts'
import { formatBytes, formatCount } from '../../../shared/format/numbers.ts'
import type { Asker } from './inspect.ts'
import { safeLine } from './terminal.ts'

export type Ended = z.output<(typeof importEvents)['imports.ended']>
export type Checked = z.output<(typeof importEvents)['imports.checked']>

export type EndedScores = z.output<(typeof scoreEvents)['scores.ended']>

interface Order<T> {
  readonly begin: () => Promise<{ readonly id: number; readonly key?: string }>
  readonly ended: (tell: (id: number, ended: T) => void) => void
  readonly cancel: (id: number) => Promise<unknown>
}

const standardInput = [{ name: 'standard input' }]

export async function runImport(asker: Asker, paths: readonly string[], mapping?: FieldMapping): Promise<Ended> {
  const meter = drawProgress()
  asker.on('imports.progress', ({ phase, file, bytes, totalBytes, spans, spansPerSecond, secondsLeft }) => {
    const left = secondsLeft === undefined ? '' : ` · ${Math.ceil(secondsLeft)} s left`
    const doing = phase === 'reading' ? safeLine(file) : 'finishing'
    meter.show(bytes, totalBytes, spans, ` · ${formatCount(Math.round(spansPerSecond))}/s${left} · ${doing}`)
  })
  const said = mapping ? { mapping } : {}
  const ended = await follow<Ended>(asker, paths, {
    begin: async () => {
      if (paths[0] !== '-') return { id: (await asker.ask('imports.start', { paths: whole(paths), ...said })).import }
      const { import: id, key } = await asker.ask('imports.upload', { files: standardInput, ...said })
      return { id, key }
    },
    ended: tell => asker.on('imports.ended', one => tell(one.import, one)),
    cancel: id => asker.ask('imports.cancel', { import: id }),
  })
  meter.clear()
  return ended
}

export async function runCheck(asker: Asker, paths: readonly string[], mapping?: FieldMapping): Promise<Checked> {
  const meter = drawProgress()
  asker.on('imports.checking', ({ bytes, totalBytes, spans }) =>
    meter.show(bytes, totalBytes, spans, ' · nothing is written'),
  )
  const said = mapping ? { mapping } : {}
  const checked = await follow<Checked>(asker, paths, {
    begin: async () => {
      if (paths[0] !== '-') return { id: (await asker.ask('imports.check', { paths: whole(paths), ...said })).check }
      const { check: id, key } = await asker.ask('imports.checkUpload', { files: standardInput, ...said })
      return { id, key }
    },
    ended: tell => asker.on('imports.checked', one => tell(one.check, one)),
    cancel: check => asker.ask('imports.stopCheck', { check }),
  })
  meter.clear()
  return checked
}

export async function runScores(asker: Asker, file: string, name?: string): Promise<EndedScores> {
  const meter = drawProgress()
  asker.on('scores.progress', ({ bytes, totalBytes, rows }) => meter.show(bytes, totalBytes, rows, '', 'rows'))
  const said = name === undefined ? {} : { name }
  const ended = await follow<EndedScores>(asker, [file], {
    begin: async () => {
      if (file !== '-') return { id: (await asker.ask('scores.start', { path: path.resolve(file), ...said })).run }
      const { run: id, key } = await asker.ask('scores.upload', { file: standardInput[0]!, ...said })
      return { id, key }
    },
    ended: tell => asker.on('scores.ended', one => tell(one.run, one)),
    cancel: run => asker.ask('scores.cancel', { run }),
  })
  meter.clear()
  return ended
}

function whole(paths: readonly string[]): string[] {
  return paths.map(one => path.resolve(one))
}

/** Gives an order, sends standard input where it is asked for, and waits for the end; an interrupt ends it early. */
async function follow<T>(asker: Asker, paths: readonly string[], order: Order<T>): Promise<T> {
  // Listening before asking: a small file is read before the answer is.
  const early = new Map<number, T>()
  let mine: number | undefined
  let resolve: (ended: T) => void = () => {}
  const end = new Promise<T>(r => (resolve = r))
  order.ended((id, ended) => {
    if (mine === undefined) early.set(id, ended)
    else if (id === mine) resolve(ended)
  })
  const { id, key } = await order.begin()
  mine = id
  const before = early.get(id)
  if (before) resolve(before)
  if (key !== undefined) void asker.inspector.upload(key, process.stdin).catch(() => {}) // told when it ended

  const interrupt = (): void => {
    process.exitCode = 130
    void order.cancel(id).catch(() => {})
  }
  process.once('SIGINT', interrupt)
  process.once('SIGTERM', interrupt)
  const ended = await end
  process.off('SIGINT', interrupt)
  process.off('SIGTERM', interrupt)
  // Nobody reads on: what still comes in is let go.
  if (paths[0] === '-') process.stdin.destroy()
  return ended
}

interface Meter {
  readonly show: (bytes: number, totalBytes: number | undefined, count: number, more: string, what?: string) => void
  readonly clear: () => void
}

function drawProgress(): Meter {
  if (!process.stderr.isTTY) return { show: () => {}, clear: () => {} }
  return {
    show: (bytes, totalBytes, count, more, what = 'spans') => {
      const share = totalBytes ? `${Math.min(99, Math.floor((bytes / totalBytes) * 100))}%` : formatBytes(bytes)
      const line = `${share} · ${formatCount(count)} ${what}${more}`
      process.stderr.write(`\r\x1b[K${line.slice(0, (process.stderr.columns ?? 80) - 1)}`)
    },
    clear: () => void process.stderr.write('\r\x1b[K'),
  }
}
