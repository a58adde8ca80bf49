import { toWireError } from '../../rpc/errors.ts'
import type { Asker } from './inspect.ts'
import { complain } from './output.ts'

/**
 * Waits until prompts that no file names are recovered, saying on a terminal how far that is: the first question after an
 * import pays for it. Answers false where it cannot be done, and says why.
 */
export async function waitForPrompts({ ask, on }: Asker): Promise<boolean> {
  if ((await ask('prompts.complete', {})).complete) return true
  let isShown = false
  on('prompts.progress', ({ state, done, all }) => {
    if (!process.stderr.isTTY || state !== 'working' || all === 0) return
    isShown = true
    process.stderr.write(`\r\u001b[Krecovering prompts: ${Math.floor((100 * done) / all)}%`)
  })
  try {
    const { state, message } = await ask('prompts.wait', {})
    if (state === 'failed') complain(`Prompts that no file names could not all be recovered. ${message ?? ''}`)
    return state === 'complete'
  } catch (error) {
    complain(`Prompts that no file names could not all be recovered. ${toWireError(error).message}`)
    return false
  } finally {
    if (isShown) process.stderr.write('\r\u001b[K')
  }
}
