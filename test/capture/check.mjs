/**
 * Reads resources/sample again and asserts everything planted.json claims.
 *
 *   node test/capture/check.mjs
 *
 * Exits 1 with a list of what does not hold. Counts in its own way, from the raw JSON,
 * so that a mistake in planted.mjs is not repeated here.
 */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { readSpans } from './read.mjs'

const folder = new URL('../../resources/sample/', import.meta.url)
const zipped = readFileSync(new URL('traces.jsonl.gz', folder))
const planted = JSON.parse(readFileSync(new URL('planted.json', folder), 'utf8'))
const notes = readFileSync(new URL('README.md', folder), 'utf8')
const text = gunzipSync(zipped).toString('utf8')
const lines = text.trimEnd().split('\n')
const spans = readSpans(lines)

const problems = []
const check = (claim, holds) => holds || problems.push(claim)
const same = (claim, found, wanted) =>
  check(
    `${claim}: found ${JSON.stringify(found)}, planted ${JSON.stringify(wanted)}`,
    JSON.stringify(found) === JSON.stringify(wanted),
  )

const byId = new Map(spans.map(span => [span.spanId, span]))
const traces = Map.groupBy
  ? Map.groupBy(spans, span => span.traceId)
  : new Map([...new Set(spans.map(s => s.traceId))].map(id => [id, spans.filter(s => s.traceId === id)]))
const find = ({ traceId, spanId }) => (byId.get(spanId)?.traceId === traceId ? byId.get(spanId) : undefined)
const ancestors = span =>
  byId.has(span.parentSpanId) ? [byId.get(span.parentSpanId), ...ancestors(byId.get(span.parentSpanId))] : []
const isCall = span => /^(OpenAI Chat Completions|chat )/.test(span.name)
const calls = spans.filter(isCall)
const seconds = span => Number(span.end - span.start) / 1e9

// The file
check('under 1 MB gzipped', zipped.length < 1_000_000)
check('at least 60 traces', traces.size >= 60)
same('traces', traces.size, planted.traces)
same('spans', spans.length, planted.spans)
same('span ids are unique', byId.size, spans.length)
same('lines', lines.length, planted.lines)
same('calls', calls.length, planted.generations)
same('failed spans', text.match(/"status":\{(?:"message":"(?:[^"\\]|\\.)*",)?"code":2\}/g).length, planted.failedSpans)
const days = spans.map(span => new Date(Number(span.start / 1_000_000n)).toISOString().slice(0, 10)).sort()
same('first and last day', [days[0], days.at(-1)], [planted.firstDay, planted.lastDay])
same('days', new Set(days).size, 14)
check(
  'one request per line, only spans',
  lines.every(line => line.startsWith('{"resourceSpans":[{"resource":')),
)
check('64-bit integers are strings', !/"(intValue|startTimeUnixNano|endTimeUnixNano|timeUnixNano)":\d/.test(text))
const forbidden = /[( ]\/(?!app\/|widget\/)\w+\/\S+:\d+|\b[A-Z]:\\\\|file:|127\.0\.0\.1|localhost|host\.name|process\./
check(`no machine is named (${text.match(forbidden)?.[0]})`, !forbidden.test(text))
check(
  'addresses are of example.com only',
  (text.match(/[\w.]+@[\w.]+\.\w+/g) ?? []).every(a => a.endsWith('@example.com')),
)
check('README has at most 40 lines', notes.trimEnd().split('\n').length <= 40)

// Times
for (const span of spans) {
  check(`${span.name} ${span.spanId} takes time`, span.end > span.start)
  for (const parent of ancestors(span).slice(0, 1)) {
    check(`${span.name} ${span.spanId} is inside its parent`, span.start >= parent.start && span.end <= parent.end)
  }
}
const answered = calls.filter(span => !span.failed).map(seconds)
check(
  `calls take 0.3 to 9 s (${Math.min(...answered)} to ${Math.max(...answered)})`,
  answered.every(s => s > 0.3 && s < 9),
)

// Tokens, cost, text
const tokens = { input: 0, output: 0 }
let cachedCalls = 0
let cachedTokens = 0
const costs = []
for (const { attributes: a, failed, spanId } of calls) {
  const input = a['llm.token_count.prompt'] ?? a['gen_ai.usage.input_tokens'] ?? 0
  const cached = a['llm.token_count.prompt_details.cache_read'] ?? a['gen_ai.usage.cache_read.input_tokens'] ?? 0
  const cost = a['llm.cost.total'] ?? a['gen_ai.usage.cost']
  tokens.input += input
  tokens.output += a['llm.token_count.completion'] ?? a['gen_ai.usage.output_tokens'] ?? 0
  cachedTokens += cached
  if (cached) cachedCalls++
  if (cost !== undefined) costs.push(cost)
  check(`${spanId}: cached is within the prompt`, cached <= input)
  check(`${spanId}: has its question`, Boolean(a['llm.input_messages.0.message.content'] ?? a['gen_ai.input.messages']))
  check(
    `${spanId}: has its answer`,
    failed || Boolean(a['llm.output_messages.0.message.role'] ?? a['gen_ai.output.messages']),
  )
}
same('tokens', tokens, planted.tokens)
same('cached calls', [cachedCalls, cachedTokens], [planted.cached.calls, planted.cached.tokens])
same(
  'recorded costs',
  [costs.length, Math.round(costs.reduce((x, y) => x + y, 0) * 1e8) / 1e8],
  [planted.recordedCost.spans, planted.recordedCost.total],
)
check('cost is recorded on some calls only', costs.length > 0 && costs.length < calls.length / 2)
const questions = new Set(
  spans.filter(span => span.name === 'order-support').map(span => span.attributes['input.value'].replace(/NW-\d+/, '')),
)
check(`at least 40 distinct questions (${questions.size})`, questions.size >= 40)

// One by one
const orphans = spans.filter(span => span.parentSpanId && !byId.has(span.parentSpanId))
same(
  'orphan',
  orphans.map(span => [span.traceId, span.spanId]),
  [[planted.orphan.traceId, planted.orphan.spanId]],
)

const refused = spans.filter(span => span.failed && span.attributes['gen_ai.tool.name'] === planted.failingTool.name)
same(
  'failing tool',
  refused.map(span => span.traceId),
  planted.failingTool.traceIds,
)
check(
  'every refusal has an exception',
  refused.every(span =>
    span.events.some(
      e => e.name === 'exception' && e.attributes['exception.message'] === 'HTTP 422: amount exceeds limit',
    ),
  ),
)
check('the failing tool is found', find(planted.failingTool)?.status.message === planted.failingTool.message)

same(
  'session',
  [...new Set(spans.filter(span => span.attributes['session.id'] === planted.session.id).map(span => span.traceId))],
  planted.session.traceIds,
)
const lastTurn = traces.get(planted.session.traceIds[2]).find(isCall)
check(
  'the third turn carries the first',
  lastTurn.attributes['llm.input_messages.1.message.content'].startsWith('Hi, I bought the Halden 2'),
)

check(
  'there are retries after 429 and after 503',
  [429, 503].every(status => planted.retry.some(r => r.statuses.includes(status))),
)
for (const { traceId, statuses, failedSpanIds } of planted.retry) {
  const attempts = traces
    .get(traceId)
    .filter(isCall)
    .sort((a, b) => (a.start < b.start ? -1 : 1))
    .slice(0, statuses.length + 1)
  same(
    `retry in ${traceId}`,
    attempts.map(span => span.failed),
    [...statuses.map(() => true), false],
  )
  same(
    `failed attempts in ${traceId}`,
    attempts.filter(span => span.failed).map(span => span.spanId),
    failedSpanIds,
  )
  statuses.forEach((status, i) =>
    check(`${status} is told in ${traceId}`, attempts[i].status.message?.startsWith(String(status))),
  )
}

const unpriced = calls.filter(span => span.attributes['gen_ai.request.model'] === planted.unpricedModel.model)
same('unpriced model', unpriced.length, planted.unpricedModel.calls)
check('the unpriced model is found', unpriced.includes(find(planted.unpricedModel)))

for (const version of ['6', '7']) {
  const list = spans.filter(span => span.attributes['llm.prompt_template.version'] === version)
  check(
    `only calls carry version ${version}`,
    list.every(span => isCall(span) && span.attributes['prompt.id'] === planted.prompt.name),
  )
  same(`calls of version ${version}`, list.length, planted.prompt.versions[version])
  check(`at least 30 calls of version ${version}`, list.length >= 30)
  const cents = list.flatMap(span => Math.round(100 * span.attributes['evaluations.0.evaluation.score']) || [])
  const mean = Math.round((100 * cents.reduce((x, y) => x + y, 0)) / cents.length) / 1e4
  const side = [planted.prompt.effect.from, planted.prompt.effect.to].find(s => s.version === version)
  same(`helpfulness of version ${version}`, [cents.length, mean], [side.scored, side.mean])
  same(
    `template of version ${version}`,
    new Set(list.map(span => span.attributes['llm.prompt_template.template'])).size,
    1,
  )
}

const workers = spans.filter(
  span =>
    span.attributes['gen_ai.agent.name'] === planted.subAgent.name &&
    span.attributes['gen_ai.operation.name'] === 'invoke_agent',
)
same('sub-agents', workers.length, planted.subAgent.count)
check(
  'sub-agents are under an agent',
  workers.every(span => ancestors(span).some(a => a.attributes['openinference.span.kind'] === 'AGENT')),
)
const worker = find(planted.subAgent)
const below = spans.filter(span => ancestors(span).includes(worker))
check(
  'the sub-agent has calls and tools',
  below.some(isCall) && below.some(span => span.attributes['gen_ai.operation.name'] === 'execute_tool'),
)

const stream = find(planted.stream)
check(
  'the stream tells its first chunk',
  stream.attributes['gen_ai.client.operation.time_to_first_chunk'] === planted.stream.timeToFirstChunkSeconds &&
    planted.stream.timeToFirstChunkSeconds < seconds(stream),
)
check('reasoning is there', find(planted.reasoning).attributes['gen_ai.output.messages'].includes('"type":"reasoning"'))
const picture = find(planted.image).attributes[
  'llm.input_messages.1.message.contents.1.message_content.image.image.url'
]
check('the image is a small data: URI', picture.startsWith('data:image/png;base64,') && picture.length < 2048)

const retrieval = find(planted.retrieval)
planted.retrieval.documents.forEach(({ id, score }, i) => {
  const document = name => retrieval.attributes[`retrieval.documents.${i}.document.${name}`]
  same(`document ${i}`, [document('id'), document('score'), document('content').length > 40], [id, score, true])
})
same('retrievals', spans.filter(span => /^(search_policy|retrieval )/.test(span.name)).length, planted.retrieval.count)
same('evaluation events', text.match(/"name":"gen_ai\.evaluation\.result"/g).length, planted.evaluationEvent.count)
for (const [name, key] of [
  ['environments', 'deployment.environment.name'],
  ['releases', 'service.version'],
  ['services', 'service.name'],
]) {
  for (const [value, count] of Object.entries(planted[name])) {
    same(`${name} ${value}`, spans.filter(span => span.resource[key] === value).length, count)
  }
}
for (const id of notes.match(/\b[0-9a-f]{32}\b/g)) check(`README names a trace that is there: ${id}`, traces.has(id))

if (problems.length) {
  console.error(problems.join('\n'))
  process.exit(1)
}
console.log(`${traces.size} traces, ${spans.length} spans, ${zipped.length} bytes: everything planted is there`)
