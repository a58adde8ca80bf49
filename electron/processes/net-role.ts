import { InspectorError } from '../../shared/domain/errors.ts'
import type { CancelSignal } from '../../shared/contract/index.ts'
import { noteInLedger } from '../replay/ledger.ts'
import { isLockedByEnvironment, lockedError } from '../replay/lock.ts'
import { type Order, sendRequest } from '../replay/orders.ts'
import { Progress } from '../replay/progress.ts'
import { sendOnce, type Answer, type Traffic } from '../replay/send.ts'
import type { Role } from './process.ts'

/**
 * The one door out of the program: no other process, and no other file than `replay/send.ts`, opens a connection to anywhere.
 * Started by the first request that a person sends. It reads no store, and holds a key for as long as its request takes.
 */
export const net: Role = ({ ledger }, emit) => {
  const running = new Set<AbortController>()
  return {
    answers: {
      [sendRequest]: async ({ out, entry }: Order, signal: CancelSignal): Promise<Answer> => {
        if (isLockedByEnvironment()) throw lockedError('environment')
        if (ledger === undefined)
          throw new InspectorError('replay/no-ledger', 'This host keeps no ledger: nothing is sent.')
        const stop = new AbortController()
        signal.addEventListener('abort', () => stop.abort(), { once: true })
        running.add(stop)
        noteInLedger(ledger, entry)
        const began = performance.now()
        const progress = new Progress(entry.send, told => emit('replay.progress', told))
        let traffic: Traffic | undefined
        const end = (outcome: string, httpStatus?: number): void =>
          noteInLedger(ledger, {
            send: entry.send,
            outcome,
            ...traffic,
            ...(httpStatus === undefined ? {} : { httpStatus }),
            duration: Math.round(performance.now() - began),
          })
        try {
          const answer = await sendOnce(out, {
            signal: stop.signal,
            told: (...word) => progress.tell(...word),
            counted: counts => (traffic = counts),
          })
          end(answer.outcome, answer.httpStatus)
          return answer
        } catch (error) {
          end(error instanceof InspectorError ? error.code : 'internal')
          throw error
        } finally {
          progress.flush()
          running.delete(stop)
        }
      },
    },
    close() {
      for (const stop of running) stop.abort()
    },
  }
}
