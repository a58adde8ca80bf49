// The indexer's second thread: reads a store piece by piece while the first one writes what it read.

import './no-proto.ts'
import { setImmediate as turn } from 'node:timers/promises'
import { parentPort } from 'node:worker_threads'
import { textReading } from '../import/text-reading.ts'
import { toWireError } from '../rpc/errors.ts'
import { openStore, type Store } from '../store/open.ts'
import { PieceReader, transfersOf } from '../store/text-index/piece.ts'
import type { FromReader, ToReader } from './pieces-ahead.ts'

const port = parentPort!
let store: Store | undefined
let reader: PieceReader | undefined
let asked: Extract<ToReader, { type: 'read' }> | undefined
let credits = 0
let isReading = false

const post = (message: FromReader, transfers: ArrayBuffer[] = []): void => port.postMessage(message, transfers)

/** Piece after piece from what was asked for last, until there are no more records. */
async function read(): Promise<void> {
  if (isReading) return
  isReading = true
  while (asked && credits > 0) {
    const { run, after, storePath } = asked
    try {
      store ??= openStore(storePath, { readOnly: true })
      reader ??= new PieceReader(store, textReading)
      const piece = reader.after(after)
      credits--
      asked = piece && !piece.isLast ? { ...asked, after: piece.until } : undefined
      post({ run, piece }, piece ? transfersOf(piece) : [])
    } catch (error) {
      asked = undefined
      const { code, message } = toWireError(error)
      post({ run, error: { code, message } })
    }
    await turn()
  }
  isReading = false
}

port.on('message', (message: ToReader) => {
  if (message.type === 'read') [asked, credits] = [message, message.ahead]
  else credits++
  void read()
})
