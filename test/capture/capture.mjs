/**
 * Records the bundled sample: real SDKs, really instrumented, against a fake model server.
 *
 *   node test/capture/capture.mjs [folder for the SDKs]
 *   node test/capture/check.mjs
 *
 * Installs the SDKs named in sdks.mjs into the folder (default: one in the system's
 * temporary folder), talks to nothing but 127.0.0.1 afterwards, and writes
 * resources/sample. Takes two seconds after the installation.
 *
 * A second run writes the same lines: ids, latencies and scores come from fixed seeds and
 * the time from a clock moved by hand (clock.mjs). Checked on Node 20 and 24: equal bytes.
 *
 *   order-support.mjs      OpenInference: openai under @arizeai's instrumentation
 *   refund-worker.mjs      GenAI conventions: the AI SDK, as a sub-agent of the former
 *   chat-widget.mjs        GenAI conventions: the AI SDK; stream, reasoning, a lost root
 *   review-summariser.mjs  GenAI conventions: @anthropic-ai/sdk under Traceloop's
 *   jobs.mjs, content/     what is asked when, and what is answered
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createChatWidget } from './chat-widget.mjs'
import { installClock } from './clock.mjs'
import { gzipLines, toCollectorLine } from './collector.mjs'
import { startFakeServer } from './fake-server.mjs'
import { planJobs } from './jobs.mjs'
import { createOrderSupport } from './order-support.mjs'
import { describePlanted, readme } from './planted.mjs'
import { createRefundWorker } from './refund-worker.mjs'
import { createReviewSummariser } from './review-summariser.mjs'
import { installSdks } from './sdks.mjs'
import { seeded } from './seeded.mjs'
import { startTelemetry } from './telemetry.mjs'

const output = fileURLToPath(new URL('../../resources/sample/', import.meta.url))
const load = await installSdks(process.argv[2] ?? join(tmpdir(), 'sample-capture-sdks'))

const clock = installClock('2026-11-05T00:00:00Z')
const server = await startFakeServer(clock, seeded(4711))
const telemetry = await startTelemetry(load)
const chance = seeded(1105)

const ai = await load('ai')
const { OpenTelemetry } = await load('@ai-sdk/otel')
ai.registerTelemetry(
  new OpenTelemetry({ tracer: telemetry.provider.getTracer('gen_ai'), agentSpanName: 'functionId', usage: true }),
)

const tools = { ai, load, telemetry, server, clock, chance }
const orderSupport = await createOrderSupport({ ...tools, refundWorker: await createRefundWorker(tools) })
const summarise = await createReviewSummariser(tools)
const widget = await createChatWidget(tools)

const services = { support: 'order-support', reviews: 'review-summariser' }
let history = []
const run = {
  async support(job) {
    const next = await orderSupport({ ...job, history: job.turn > 1 ? history : [] })
    if (job.turn) history = next
  },
  reviews: summarise,
  stream: widget.stream,
  reason: widget.reason,
  'lost-root': widget.loseRoot,
}

const lines = []
const done = []
for (const job of planJobs(seeded(14))) {
  clock.goTo(job.at)
  await telemetry.inService(services[job.kind] ?? 'chat-widget', job, () => run[job.kind](job))
  if (server.unsaid()) throw new Error(`Replies left over after ${job.kind} at ${job.at}`)
  const requests = telemetry.takeRequests()
  lines.push(...requests.map(toCollectorLine))
  done.push({ job, traceId: requests[0].resourceSpans[0].scopeSpans[0].spans[0].traceId })
}
await server.close()

const planted = describePlanted(lines, done)
mkdirSync(output, { recursive: true })
writeFileSync(join(output, 'traces.jsonl.gz'), gzipLines(lines))
writeFileSync(join(output, 'planted.json'), `${JSON.stringify(planted, null, 2)}\n`)
writeFileSync(join(output, 'README.md'), readme(planted))
console.log(`${planted.traces} traces, ${planted.spans} spans, ${lines.length} lines`)
