import { randomUUID } from 'node:crypto'
import type { EventData, Input } from '../../../shared/contract/index.ts'
import type { Sent } from '../../../shared/contract/replay.ts'
import type { Message } from '../../../shared/domain/message.ts'
import { InspectorError } from '../../../shared/domain/errors.ts'
import { formatTokens } from '../../../shared/format/numbers.ts'
import { formatDuration } from '../../../shared/format/times.ts'
import type { ExitCode } from './command.ts'
import type { Asker } from './inspect.ts'
import { complain, paint, print } from './output.ts'
import { safeJson, safeLine, safeText } from './terminal.ts'

/** Whoever types the command has said that it goes as it is. */
type Wanted = Omit<Input<'replay.send'>, 'send' | 'lossy'>

/**
 * Sends a request, or the same several times as one run, shows each answer while it comes, and what the store has of it. Ctrl-C
 * stops it; what had come is kept.
 */
export async function sendNow(asker: Asker, wanted: Wanted, isJson: boolean, times = 1): Promise<ExitCode> {
  let sending: string | undefined
  const stopped = new AbortController()
  // Not by giving up the question: what had come is stored, and is the answer.
  const interrupt = (): void => {
    stopped.abort()
    if (sending !== undefined) void asker.ask('replay.cancel', { send: sending })
  }
  process.once('SIGINT', interrupt)
  let shown = ''
  const show = ({ text, phase, until }: EventData<'replay.progress'>): void => {
    if (phase === 'limited' && until !== undefined)
      complain(`Waiting for a limit of the provider until ${timeOf(until)}.`)
    if (isJson || text === undefined) return
    shown += text
    void print(safeText(text))
  }
  asker.on('replay.progress', show)
  const run = randomUUID()
  let worst: ExitCode = 0
  try {
    await openVault(asker)
    for (let n = 0; n < times && !stopped.signal.aborted; n++) {
      shown = ''
      sending = randomUUID()
      const sent = await asker.ask('replay.send', { ...wanted, run, lossy: true, send: sending })
      await printSent(asker, sent, isJson, shown)
      if (sent.outcome !== 'ok') worst = sent.outcome === 'cancelled' ? 130 : 1
    }
    return stopped.signal.aborted ? 130 : worst
  } catch (error) {
    if (!stopped.signal.aborted || !(error instanceof InspectorError) || error.code !== 'cancelled') throw error
    complain('Cancelled before anything came.')
    return 130
  } finally {
    process.off('SIGINT', interrupt)
  }
}

async function printSent(asker: Asker, sent: Sent, isJson: boolean, shown: string): Promise<void> {
  if (sent.error) complain(`${sent.error.message}${waitOf(sent)}`)
  const span = await asker.ask('spans.read', { id: sent.span })
  const { cost } = await asker.ask('spans.cost', { id: sent.span })
  const { usage, outputMessages } = span
  const dollars = span.recordedCost ?? cost?.cost?.dollars
  const status = sent.outcome === 'ok' ? 'ok' : 'error'
  if (isJson) {
    const { traceId, spanId } = sent
    return print(`${safeJson({ traceId, spanId, status, usage, cost: dollars, outputMessages })}\n`)
  }
  const answer = shown === '' ? textOf(outputMessages) : callsOf(outputMessages)
  const numbers = [
    `${formatTokens(usage?.input)} tokens in, ${formatTokens(usage?.output)} out`,
    dollars === undefined ? 'cost unknown' : `$${dollars}`,
    formatDuration(sent.duration * 1000),
    ...(sent.firstToken === undefined ? [] : [`first token ${formatDuration(sent.firstToken * 1000)}`]),
  ]
  const end = `${status === 'ok' ? '' : `${paint('red', sent.outcome)} · `}${numbers.join(' · ')}`
  await print(`${safeText(answer)}\n\n${end}\nstored as ${safeLine(`${sent.traceId}/${sent.spanId}`)}\n`)
}

function timeOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}

/** The command line asks nothing: who keeps keys in the vault says its passphrase in the environment. */
async function openVault({ ask }: Asker): Promise<void> {
  const passphrase = process.env['SPANWISE_PASSPHRASE']
  if (passphrase === undefined || passphrase === '') return
  const { vault } = await ask('replay.profiles', {})
  if (vault === 'closed') await ask('replay.openVault', { passphrase })
}

function waitOf({ retryAfter, error }: Sent): string {
  return retryAfter === undefined
    ? ''
    : `${/[.!?]\s*$/.test(error?.message ?? '.') ? '' : '.'} It wants to be asked again in ${formatDuration(retryAfter * 1000)}, not before.`
}

function textOf(messages: readonly Message[] | undefined): string {
  const parts = messages?.flatMap(message => message.parts) ?? []
  return [...parts.flatMap(part => (part.type === 'text' ? part.text : [])), callsOf(messages)].join('\n')
}

/** Calls of tools are shown, never made. */
function callsOf(messages: readonly Message[] | undefined): string {
  const parts = messages?.flatMap(message => message.parts) ?? []
  return parts
    .flatMap(part => (part.type === 'tool_call' ? `\n→ ${part.name} ${JSON.stringify(part.arguments)}` : []))
    .join('')
}
