import {
  requests,
  type Answer,
  type CancelSignal,
  type Handlers,
  type RequestName,
} from '../../shared/contract/index.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import { toWireError } from './errors.ts'
import { isSmall } from './limits.ts'

/**
 * The one door into the inspector, whoever asks: a known name, an input of sane size that its schema accepts, and never
 * a stack on the wire. Refusals are logged by name only: a payload may hold somebody's text.
 */
export async function dispatch(
  handlers: Handlers,
  name: unknown,
  input: unknown,
  signal: CancelSignal,
): Promise<Answer<unknown>> {
  if (!isRequestName(name)) return refuse('rpc/unknown-name', 'There is no such request.')
  if (!isSmall(input)) return refuse('rpc/too-large', `The input of ${name} is too large or nested too deeply.`)
  if (hasProto(input)) return refuse('rpc/bad-input', `The input of ${name} is not what it should be.`)
  const parsed = requests[name].in.safeParse(input)
  if (!parsed.success) return refuse('rpc/bad-input', `The input of ${name} is not what it should be.`)
  try {
    const handler = handlers[name] as (input: unknown, signal: CancelSignal) => unknown
    return { ok: true, value: await handler(parsed.data, signal) }
  } catch (error) {
    if (!(error instanceof InspectorError)) console.error(`spanwise: ${name} failed:`, error)
    return { ok: false, error: toWireError(error) }
  }
}

function isRequestName(name: unknown): name is RequestName {
  return typeof name === 'string' && Object.hasOwn(requests, name)
}

/** `JSON.parse` makes `__proto__` an own key; an object literal does not let it through at all. No question needs it. */
function hasProto(input: unknown): boolean {
  return typeof input === 'object' && input !== null && Object.hasOwn(input, '__proto__')
}

function refuse(code: string, message: string): Answer<never> {
  console.error(`spanwise: refused a request (${code})`)
  return { ok: false, error: { code, message } }
}
