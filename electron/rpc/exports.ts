import type { Handlers } from '../../shared/contract/index.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import type { ExportFormat } from '../../shared/contract/exports.ts'
import { exportStore, type Piece } from '../export/export.ts'
import { openStore, type Store } from '../store/open.ts'
import { countSpans } from '../store/walk.ts'

type ExportHandlers = Pick<Handlers, 'exports.open' | 'exports.more' | 'exports.next' | 'exports.close'>

/** Characters of one answer, and milliseconds after which others get a turn. */
const mostText = 256 << 10
const mostTime = 50
const idle = 10 * 60_000
const mostOpen = 8

interface Running {
  readonly store: Store
  readonly format: ExportFormat
  /** Undefined is all. */
  readonly traces: Set<number> | undefined
  readonly only: Set<number> | undefined
  /** Absent until the first piece is asked for. */
  pieces: Generator<Piece> | undefined
  spans: number
  timer: NodeJS.Timeout
}

/**
 * Exports that are asked for piece by piece: whoever asks sets the pace. Each holds a connection of its own in one
 * transaction, so that what it gives is one state of the store.
 */
export function exportHandlers(storePath: string): { readonly handlers: ExportHandlers; close(): void } {
  const running = new Map<number, Running>()
  let last = 0

  const end = (id: number): void => {
    const found = running.get(id)
    if (!found) return
    running.delete(id)
    clearTimeout(found.timer)
    found.pieces?.return(undefined)
    found.store.db.exec('COMMIT')
    found.store.close()
  }
  const giveUp = (id: number): NodeJS.Timeout => setTimeout(() => end(id), idle).unref()

  const handlers: ExportHandlers = {
    'exports.open': ({ format, traces, spans }) => {
      if (running.size >= mostOpen) {
        throw new InspectorError('export/too-many', `${mostOpen} exports are running; wait for one to end.`)
      }
      const store = openStore(storePath, { readOnly: true })
      store.db.exec('BEGIN')
      const id = ++last
      const scope = { traces: traces && new Set(traces), only: spans && new Set(spans) }
      const opened = { store, format, ...scope, pieces: undefined, spans: 0, timer: giveUp(id) }
      running.set(id, opened)
      return { export: id, spans: countOf(opened) }
    },
    'exports.more': ({ export: id, traces = [], spans = [] }) => {
      const found = running.get(id)
      if (!found || found.pieces) throw new InspectorError('export/over', 'This export is over. Start it again.')
      for (const trace of traces) found.traces?.add(trace)
      for (const span of spans) found.only?.add(span)
      return { spans: countOf(found) }
    },
    'exports.next': ({ export: id }) => {
      const found = running.get(id)
      if (!found) throw new InspectorError('export/over', 'This export is over. Start it again.')
      clearTimeout(found.timer)
      const pieces = (found.pieces ??= begin(found))
      const until = performance.now() + mostTime
      let text = ''
      let done = false
      try {
        do {
          const { value, done: isOver } = pieces.next()
          done = isOver === true
          if (!isOver) {
            text += value.text
            found.spans += value.spans
          }
        } while (!done && text.length < mostText && performance.now() < until)
      } catch (error) {
        end(id)
        throw error
      }
      const { spans } = found
      if (done) end(id)
      else found.timer = giveUp(id)
      return { text, spans, done }
    },
    'exports.close': ({ export: id }) => (end(id), {}),
  }
  return { handlers, close: () => [...running.keys()].forEach(end) }
}

function begin({ store, format, traces, only }: Running): Generator<Piece> {
  const scope = { ...(traces ? { traces: [...traces] } : {}), ...(only ? { spans: only } : {}) }
  return exportStore(store, format, scope)
}

/** Of a table of some spans those; of anything else the spans of its traces. */
function countOf({ store, format, traces, only }: Running): number {
  const isTable = format !== 'bundle' && format !== 'otlp'
  return only && isTable ? only.size : countSpans(store, traces && [...traces])
}
