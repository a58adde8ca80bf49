import type { JsonValue } from '../domain/json.ts'
import type { Message, Part } from '../domain/message.ts'
import type { Span } from '../domain/span.ts'
import { fenced, oneLine } from '../format/markdown.ts'
import { formatBytes, formatCount, formatDollars } from '../format/numbers.ts'
import { formatDateTime, formatDuration } from '../format/times.ts'

// Spans and conversations as Markdown, for an issue or a chat. Texts stay as they are written; what is cut says so.

/** Characters of one text that are copied: an issue takes no more. */
const longest = 20_000

/** A span: what it is, how it went, what went in and came out. `news` leaves out messages that were said before. */
export function printSpan(span: Span, news?: { readonly input: readonly Message[]; readonly same: number }): string {
  const input = news?.input ?? span.inputMessages ?? []
  const output = span.outputMessages ?? []
  return sections([
    `## ${span.kind}: ${oneLine(span.name)}`,
    list(factsOf(span)),
    span.status === 'error' && `**Failed**${span.errorType === undefined ? '' : `: ${oneLine(span.errorType)}`}`,
    span.status === 'error' && span.statusMessage !== undefined && quote(span.statusMessage),
    span.query !== undefined && `### Query\n\n${cut(span.query)}`,
    ...(span.documents ?? []).map(document =>
      sections([
        `### ${document.rank}. ${oneLine(document.title ?? document.id ?? document.uri ?? 'document')}`,
        document.score !== undefined && `- score: ${document.score}`,
        document.uri !== undefined && `- source: ${oneLine(document.uri)}`,
        document.content !== undefined && quote(document.content),
      ]),
    ),
    span.tool?.arguments !== undefined && `### Arguments\n\n${code(span.tool.arguments)}`,
    span.tool?.result !== undefined && `### Result\n\n${code(span.tool.result)}`,
    span.input !== undefined && input.length === 0 && `### Input\n\n${code(span.input)}`,
    news !== undefined && news.same > 0 && `_${formatCount(news.same)} earlier messages, same as the previous call_`,
    ...input.map(printMessage),
    ...output.map(message => printMessage(message)),
    span.output !== undefined && output.length === 0 && `### Output\n\n${code(span.output)}`,
  ])
}

export function printMessage(message: Message): string {
  return sections([`### ${oneLine(message.role)}`, ...message.parts.map(printPart)])
}

function printPart(part: Part): string | false {
  switch (part.type) {
    case 'text':
      return cut(part.text)
    case 'reasoning':
      return part.text !== '' && `_reasoning_\n\n${quote(part.text)}`
    case 'tool_call':
      return `**calls \`${oneLine(part.name)}\`**${part.arguments === undefined ? '' : `\n\n${code(part.arguments)}`}`
    case 'tool_result':
      return `**${part.error ? 'failed' : 'result'}${part.name === undefined ? '' : ` of \`${oneLine(part.name)}\``}**\n\n${
        part.result === undefined ? '_not in the file_' : code(part.result)
      }`
    case 'refusal':
      return `_refusal_\n\n${quote(part.text)}`
    case 'media': {
      const size = part.data === undefined ? '' : `, ${formatBytes(Math.floor((part.data.length * 3) / 4))}`
      const where = part.uri === undefined || part.uri.startsWith('data:') ? '' : ` ${oneLine(part.uri)}`
      return `_${oneLine(part.name ?? part.mimeType ?? part.modality ?? 'file')}${size}_${where}`
    }
    case 'other':
    default:
      return code(part.value)
  }
}

function factsOf(span: Span): (string | false)[] {
  const { usage } = span
  return [
    span.model !== undefined && `model: ${oneLine(span.model)}`,
    span.agent !== undefined && span.agent !== span.name && `agent: ${oneLine(span.agent)}`,
    span.startTime !== undefined && `started: ${formatDateTime(span.startTime)}`,
    span.durationNs !== undefined && `duration: ${formatDuration(Number(span.durationNs) / 1000)}`,
    usage !== undefined && `tokens: ${formatCount(usage.input)} in, ${formatCount(usage.output)} out`,
    span.recordedCost !== undefined && `recorded cost: ${formatDollars(span.recordedCost)}`,
    (span.finishReasons?.length ?? 0) > 0 && `finish: ${span.finishReasons!.map(oneLine).join(', ')}`,
    `span: \`${oneLine(span.id)}\``,
  ]
}

function code(value: JsonValue): string {
  const text = cut(typeof value === 'string' ? value : JSON.stringify(value, null, 2))
  return fenced(text, typeof value === 'string' && !/^\s*[[{]/.test(value) ? '' : 'json')
}

function quote(text: string): string {
  return cut(text)
    .split('\n')
    .map(line => `> ${line}`)
    .join('\n')
}

function cut(text: string): string {
  return text.length <= longest
    ? text
    : `${text.slice(0, longest).toWellFormed()}\n\n_… ${formatBytes(text.length - longest)} more_`
}

function list(items: readonly (string | false)[]): string {
  return items.flatMap(item => (item === false ? [] : `- ${item}`)).join('\n')
}

export function sections(parts: readonly (string | false)[]): string {
  return parts.filter(part => part !== false && part !== '').join('\n\n')
}
