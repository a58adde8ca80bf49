import type { Handlers } from '../../shared/contract/index.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import { exportStore, type Piece } from '../export/export.ts'
import { openStore, type Store } from '../store/open.ts'
import { countSpans } from '../store/walk.ts'

type ExportHandlers = Pick<Handlers, 'exports.open' | 'exports.next' | 'exports.close'>

/** Characters of one answer, and milliseconds after which others get a turn. */
const mostText = 256 << 10
const mostTime = 50
const idle = 10 * 60_000
const mostOpen = 8

interface Running {
  readonly store: Store
  readonly pieces: Generator<Piece>
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
    found.pieces.return(undefined)
    found.store.db.exec('COMMIT')
    found.store.close()
  }
  const giveUp = (id: number): NodeJS.Timeout => setTimeout(() => end(id), idle).unref()

  const handlers: ExportHandlers = {
    'exports.open': ({ format, traces }) => {
      if (running.size >= mostOpen) {
        throw new InspectorError('export/too-many', `${mostOpen} exports are running; wait for one to end.`)
      }
      const store = openStore(storePath, { readOnly: true })
      store.db.exec('BEGIN')
      const id = ++last
      running.set(id, { store, pieces: exportStore(store, format, traces), spans: 0, timer: giveUp(id) })
      return { export: id, spans: countSpans(store, traces) }
    },
    'exports.next': ({ export: id }) => {
      const found = running.get(id)
      if (!found) throw new InspectorError('export/over', 'This export is over. Start it again.')
      clearTimeout(found.timer)
      const until = performance.now() + mostTime
      let text = ''
      let done = false
      try {
        do {
          const { value, done: isOver } = found.pieces.next()
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
