import type { IpcMain, IpcMainInvokeEvent, WebFrameMain } from 'electron'
import { z } from '../../shared/contract/schemas.ts'
import type { Answer } from '../../shared/contract/index.ts'
import { toWireError } from '../rpc/errors.ts'
import { isSmall } from '../rpc/limits.ts'
import { appOrigin, isOwnUrl } from './origin.ts'

export interface Sender {
  readonly contents: number
}

/**
 * The only way a page reaches the main process. Whoever sends must be the top frame of our own page, and what it sends
 * must be small and pass the schema. The answer is always data: an error thrown over IPC would carry its text.
 */
export function createHandle(ipcMain: IpcMain, devServer: string | undefined) {
  return function handle<S extends z.ZodType>(
    channel: string,
    schema: S,
    answer: (payload: z.output<S>, sender: Sender) => Promise<Answer<unknown>> | Answer<unknown>,
  ): void {
    ipcMain.handle(channel, async (event: IpcMainInvokeEvent, ...payload: unknown[]): Promise<Answer<unknown>> => {
      if (!isOwnTopFrame(event.senderFrame, devServer)) return refuse(channel, 'rpc/untrusted-sender')
      if (payload.length !== 1 || !isSmall(payload[0])) return refuse(channel, 'rpc/too-large')
      const parsed = schema.safeParse(payload[0])
      if (!parsed.success) return refuse(channel, 'rpc/bad-input')
      try {
        return await answer(parsed.data, { contents: event.sender.id })
      } catch (error) {
        return { ok: false, error: toWireError(error) }
      }
    })
  }
}

/** Null is a frame that is gone. A frame's `origin` is what the browser says it is; its URL could be `about:blank`. */
function isOwnTopFrame(frame: WebFrameMain | null, devServer: string | undefined): boolean {
  if (frame === null || frame.parent !== null) return false
  const isOwnOrigin = frame.origin === appOrigin || (devServer !== undefined && isOwnUrl(frame.origin, devServer))
  return isOwnOrigin && isOwnUrl(frame.url, devServer)
}

/** The log names the reason, never the payload. */
function refuse(channel: string, code: string): Answer<never> {
  console.error(`spanwise: refused a message on ${channel} (${code})`)
  return { ok: false, error: { code, message: 'This message was refused.' } }
}
