import { InspectorError } from '../../shared/domain/errors.ts'
import type { CancelSignal } from '../../shared/contract/index.ts'
import { type Begun, type Ended, noteInLedger } from '../replay/ledger.ts'
import { isLockedByEnvironment, lockedError } from '../replay/lock.ts'
import { writeAnswer } from '../replay/left-answers.ts'
import { type Answered, type Order, sendRequest } from '../replay/orders.ts'
import { Progress } from '../replay/progress.ts'
import { sendOnce, type Traffic } from '../replay/send.ts'
import { recordOf } from '../replay/stored-record.ts'
import type { ReplayRecord } from '../../shared/replay/record.ts'
import type { Role } from './process.ts'

/**
 * The one door out of the program: no other process, and no other file than `replay/send.ts`, opens a connection to anywhere.
 * Started by the first request that a person sends. It opens no store, and holds a key for as long as its request takes.
 */
export const net: Role = ({ ledger, storePath }, emit) => {
  const running = new Set<AbortController>()
  return {
    answers: {
      [sendRequest]: async ({ out, entry, about }: Order, signal: CancelSignal): Promise<Answered> => {
        if (isLockedByEnvironment()) throw lockedError('environment')
        if (ledger === undefined)
          throw new InspectorError('replay/no-ledger', 'This host keeps no ledger: nothing is sent.')
        begin(ledger, entry)
        const stop = new AbortController()
        signal.addEventListener('abort', () => stop.abort(), { once: true })
        running.add(stop)
        const began = performance.now()
        const progress = new Progress(entry.send, told => emit('replay.progress', told))
        let traffic: Traffic | undefined
        const end = (outcome: string, httpStatus?: number): void =>
          finish(ledger, {
            send: entry.send,
            outcome,
            ...traffic,
            ...(httpStatus === undefined ? {} : { httpStatus }),
            duration: Math.round(performance.now() - began),
          })
        try {
          const { body, stream, ...answer } = await sendOnce(out, {
            signal: stop.signal,
            told: (...word) => progress.tell(...word),
            counted: counts => (traffic = counts),
          })
          const record = recordOf({ ...answer, body, ...(stream ? { stream } : {}) }, about)
          putAside(storePath, record)
          end(answer.outcome, answer.httpStatus)
          return { answer, record }
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

function begin(ledger: string, entry: Begun): void {
  try {
    noteInLedger(ledger, entry)
  } catch {
    throw new InspectorError('replay/no-ledger', `The ledger cannot be written, so nothing was sent: ${ledger}`)
  }
}

/** An answer that came is not lost for the ledger's sake: there, it stays begun. */
function finish(ledger: string, entry: Ended): void {
  try {
    noteInLedger(ledger, entry)
  } catch {
    console.error('spanwise: how a request ended could not be noted in the ledger.')
  }
}

/** Whoever dies from here on, it is stored at the next start. On a full disk it is still answered. */
function putAside(storePath: string, record: ReplayRecord): void {
  try {
    writeAnswer(storePath, record)
  } catch {
    console.error('spanwise: an answer could not be written beside the store before it is stored.')
  }
}
