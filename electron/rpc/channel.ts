import type { Answer, CancelSignal } from '../../shared/contract/index.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import { fromWireError, toWireError } from './errors.ts'

/**
 * One end of a two-way pipe of structured-cloned messages: a utilityProcess port, a forked process's IPC, or a
 * MessageChannel. Messages sent before `listen` wait.
 */
export interface Port {
  post(message: unknown): void
  listen(listener: (message: unknown) => void): void
  /** Called once, when the other end is gone. */
  onClose(listener: () => void): void
  close(): void
}

type Frame =
  | { readonly t: 'ask'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly t: 'answer'; readonly id: number; readonly answer: Answer<unknown> }
  | { readonly t: 'cancel'; readonly id: number }
  | { readonly t: 'event'; readonly name: string; readonly data: unknown }

export interface Channel {
  /** Rejects with the other end's InspectorError; with `process/gone` when that end dies first. */
  ask(name: string, input: unknown, signal?: CancelSignal): Promise<unknown>
  tell(name: string, data: unknown): void
  /** How many asks wait for an answer. */
  waiting(): number
  close(): void
}

export interface ChannelUse {
  /** Answers what the other end asks. Whatever it throws crosses as `{ code, message }`. */
  readonly answer?: (name: string, input: unknown, signal: CancelSignal) => unknown
  readonly heard?: (name: string, data: unknown) => void
}

/** Both ends speak the same four frames: ask, answer, cancel, event. Both ends are our own code: frames are not checked. */
export function openChannel(port: Port, use: ChannelUse): Channel {
  const asked = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  const answering = new Map<number, AbortController>()
  let next = 1
  let open = true

  const answer = async (id: number, name: string, input: unknown): Promise<void> => {
    const controller = new AbortController()
    answering.set(id, controller)
    let result: Answer<unknown>
    try {
      if (!use.answer) throw new InspectorError('rpc/unknown-name', 'Nobody answers here.')
      result = { ok: true, value: await use.answer(name, input, controller.signal) }
    } catch (error) {
      if (!(error instanceof InspectorError)) console.error(`spanwise: ${name} failed:`, error)
      result = { ok: false, error: toWireError(error) }
    }
    answering.delete(id)
    if (open) port.post({ t: 'answer', id, answer: result } satisfies Frame)
  }

  port.listen(message => {
    const frame = message as Frame
    if (frame.t === 'ask') void answer(frame.id, frame.name, frame.input)
    else if (frame.t === 'cancel') answering.get(frame.id)?.abort()
    else if (frame.t === 'event') use.heard?.(frame.name, frame.data)
    else if (frame.t === 'answer') {
      const waiting = asked.get(frame.id)
      asked.delete(frame.id)
      if (frame.answer.ok) waiting?.resolve(frame.answer.value)
      else waiting?.reject(fromWireError(frame.answer.error))
    }
  })
  port.onClose(() => {
    open = false
    for (const controller of answering.values()) controller.abort()
    for (const waiting of asked.values())
      waiting.reject(new InspectorError('process/gone', 'The process that was asked is gone.'))
    asked.clear()
  })

  return {
    ask: (name, input, signal) =>
      new Promise((resolve, reject) => {
        if (!open) return reject(new InspectorError('process/gone', 'The process that was asked is gone.'))
        if (signal?.aborted) return reject(cancelled())
        const id = next++
        const cancel = (): void => port.post({ t: 'cancel', id } satisfies Frame)
        signal?.addEventListener('abort', cancel, { once: true })
        const settle =
          <T>(then: (value: T) => void) =>
          (value: T): void => {
            signal?.removeEventListener('abort', cancel)
            then(value)
          }
        asked.set(id, { resolve: settle(resolve), reject: settle(reject) })
        port.post({ t: 'ask', id, name, input } satisfies Frame)
      }),
    tell: (name, data) => {
      if (open) port.post({ t: 'event', name, data } satisfies Frame)
    },
    waiting: () => asked.size,
    close: () => port.close(),
  }
}

export function cancelled(): InspectorError {
  return new InspectorError('cancelled', 'Cancelled.')
}
