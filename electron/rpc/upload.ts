import type { Supervised } from '../processes/supervise.ts'

/** Chunks on their way to the import process at one time: enough to keep it busy, little enough to forget about. */
const inFlight = 8

/** Requests that only a host makes, for bytes that have no path. */
export const beginRequest = 'upload.begin'
export const chunkRequest = 'upload.chunk'
export const endRequest = 'upload.end'
export const breakRequest = 'upload.break'

/**
 * Passes a stream on to the import process, chunk by chunk, no faster than it reads: an unanswered chunk is one that
 * was not taken yet. When the stream breaks, the import ends as cut short there.
 */
export async function relayUpload(importer: Supervised, key: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const waiting: Promise<unknown>[] = []
  try {
    await importer.ask(beginRequest, { key })
    for await (const bytes of chunks) {
      if (waiting.length >= inFlight) await waiting.shift()
      const taken = importer.ask(chunkRequest, { key, bytes })
      taken.catch(() => {}) // awaited in its turn; must not be an unhandled rejection until then
      waiting.push(taken)
    }
    await Promise.all(waiting)
  } catch (error) {
    await importer.ask(breakRequest, { key }).catch(() => {})
    throw error
  }
  await importer.ask(endRequest, { key })
}
