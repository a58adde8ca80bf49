import { readSpans } from './read.mjs'
import { versions } from './sdks.mjs'

/**
 * Says what the sample holds, from the spans themselves and from what each job was meant
 * to show. Tests rely on the result; check.mjs counts it all again in its own way.
 */
export function describePlanted(lines, done) {
  const spans = readSpans(lines)
  const of = (kind, more = () => true) =>
    done.filter(({ job }) => job.kind === kind && more(job)).map(run => run.traceId)
  const inTrace = (traceId, claim) => spans.find(span => span.traceId === traceId && claim(span))
  const at = span => ({ traceId: span.traceId, spanId: span.spanId })
  const attribute = (span, ...names) => names.map(name => span.attributes[name]).find(value => value !== undefined)

  const generations = spans.filter(
    span => span.attributes['openinference.span.kind'] === 'LLM' || span.attributes['gen_ai.operation.name'] === 'chat',
  )
  const [orphanTrace] = of('lost-root')
  const orphan = inTrace(orphanTrace, span => span.name === 'invoke_agent chat-widget')
  const refused = spans.filter(span => span.failed && span.name === 'execute_tool issue_refund')
  const subAgents = spans.filter(span => span.name === 'invoke_agent refund-worker')
  const conversation = of('support', job => job.turn)
  const unpriced = generations.filter(span => span.attributes['gen_ai.request.model'] === 'northwind-refund-7b')
  const cached = generations.filter(
    span => attribute(span, 'llm.token_count.prompt_details.cache_read', 'gen_ai.usage.cache_read.input_tokens') > 0,
  )
  const priced = generations.filter(span => attribute(span, 'llm.cost.total', 'gen_ai.usage.cost') > 0)
  const retrieval = inTrace(conversation[0], span => span.name === 'search_policy')
  const overloaded = done.filter(({ job }) => job.overloads)
  const reviews = of('reviews')
  const [streamed] = of('stream')
  const [reasoned] = of('reason')
  const [photo] = of('support', job => job.image)
  const streamSpan = inTrace(streamed, span => span.name.startsWith('chat '))
  const count = list => list.length
  const sum = (list, ...names) => list.reduce((total, span) => total + (attribute(span, ...names) ?? 0), 0)

  const prompt = version => {
    const calls = generations.filter(span => span.attributes['llm.prompt_template.version'] === version)
    const scored = calls.filter(span => span.attributes['evaluations.0.evaluation.score'] !== undefined)
    return {
      traces: new Set(calls.map(span => span.traceId)).size,
      calls: calls.length,
      failedCalls: count(calls.filter(span => span.failed)),
      refusedRefunds: count(refused.filter(span => calls.some(call => call.traceId === span.traceId))),
      scored: scored.length,
      mean: Math.round((sum(scored, 'evaluations.0.evaluation.score') / scored.length) * 1e4) / 1e4,
      meanOutputTokens: Math.round((10 * sum(scored, 'llm.token_count.completion')) / scored.length) / 10,
      citesPolicy: count(
        scored.filter(span =>
          /\[[A-Z]{3}-\d, [^\]]+\]$/.test(span.attributes['llm.output_messages.0.message.content']),
        ),
      ),
    }
  }
  const both = { 6: prompt('6'), 7: prompt('7') }
  const { traces, scored, mean } = both[6]

  return {
    traces: new Set(spans.map(span => span.traceId)).size,
    spans: spans.length,
    lines: lines.length,
    generations: generations.length,
    failedSpans: count(spans.filter(span => span.failed)),
    firstDay: '2026-11-05',
    lastDay: '2026-11-18',
    tokens: {
      input: sum(generations, 'llm.token_count.prompt', 'gen_ai.usage.input_tokens'),
      output: sum(generations, 'llm.token_count.completion', 'gen_ai.usage.output_tokens'),
    },
    restatedUsage: count(
      spans.filter(
        span =>
          span.attributes['gen_ai.operation.name'] === 'invoke_agent' &&
          span.attributes['gen_ai.usage.input_tokens'] > 0,
      ),
    ),
    orphan: at(orphan),
    failingTool: {
      name: 'issue_refund',
      message: refused[0].status.message,
      ...at(refused[0]),
      count: refused.length,
      traceIds: refused.map(span => span.traceId),
    },
    session: {
      id: inTrace(conversation[0], span => !span.parentSpanId).attributes['session.id'],
      traceIds: conversation,
    },
    retry: overloaded.map(({ traceId, job }) => ({
      traceId,
      statuses: job.overloads.map(reply => reply.status),
      failedSpanIds: spans
        .filter(span => span.traceId === traceId && span.failed && generations.includes(span))
        .map(span => span.spanId),
    })),
    unpricedModel: { model: 'northwind-refund-7b', ...at(unpriced[0]), calls: unpriced.length },
    prompt: {
      name: 'order-support',
      versions: { 6: both[6].calls, 7: both[7].calls },
      effect: {
        score: 'helpfulness',
        from: { version: '6', scored, mean },
        to: { version: '7', scored: both[7].scored, mean: both[7].mean },
        unchanged: 'output tokens, refunds, refused refunds',
      },
      details: { 6: { ...both[6], traces }, 7: both[7] },
    },
    subAgent: { name: 'refund-worker', ...at(subAgents[0]), count: subAgents.length },
    stream: {
      ...at(streamSpan),
      timeToFirstChunkSeconds: streamSpan.attributes['gen_ai.client.operation.time_to_first_chunk'],
      traceIds: of('stream'),
    },
    reasoning: at(inTrace(reasoned, span => span.name.startsWith('chat '))),
    image: at(inTrace(photo, span => generations.includes(span))),
    retrieval: {
      ...at(retrieval),
      documents: [0, 1, 2].map(i => ({
        id: retrieval.attributes[`retrieval.documents.${i}.document.id`],
        score: retrieval.attributes[`retrieval.documents.${i}.document.score`],
      })),
      count: count(
        spans.filter(
          span =>
            span.attributes['openinference.span.kind'] === 'RETRIEVER' ||
            span.attributes['gen_ai.operation.name'] === 'retrieval',
        ),
      ),
    },
    cached: {
      ...at(cached[0]),
      calls: cached.length,
      tokens: sum(cached, 'llm.token_count.prompt_details.cache_read', 'gen_ai.usage.cache_read.input_tokens'),
    },
    recordedCost: {
      ...at(priced[0]),
      spans: priced.length,
      traces: new Set(priced.map(span => span.traceId)).size,
      total: Math.round(sum(priced, 'llm.cost.total', 'gen_ai.usage.cost') * 1e8) / 1e8,
    },
    evaluationEvent: {
      score: 'faithfulness',
      ...at(inTrace(reviews[0], span => span.events.length > 0)),
      count: reviews.length,
    },
    environments: countBy(spans, 'deployment.environment.name'),
    releases: countBy(spans, 'service.version'),
    services: countBy(spans, 'service.name'),
  }
}

/** Spans per value of a resource attribute. */
function countBy(spans, name) {
  const counts = {}
  for (const span of spans) counts[span.resource[name]] = (counts[span.resource[name]] ?? 0) + 1
  return counts
}

export function readme(p) {
  const { 6: six, 7: seven } = p.prompt.details
  return `# The sample

\`traces.jsonl.gz\`: ${p.traces} traces and ${p.spans} spans of an invented shop, Northwind Outfitters, from ${p.firstDay} to ${p.lastDay}. OTLP/JSON,
one request per line, as the OpenTelemetry collector's file exporter writes it. Text is on the spans, never in log records.

Recorded from real SDKs and instrumentations against a fake model server on 127.0.0.1, by \`node test/capture/capture.mjs\`; the
texts are ours, the times come from a clock moved by hand. \`planted.json\` holds what follows for tests; \`node test/capture/check.mjs\` checks it.

| service | convention | written by |
|---|---|---|
| order-support | OpenInference | openai ${versions.openai}, @arizeai/openinference-instrumentation-openai ${versions['@arizeai/openinference-instrumentation-openai']} |
| refund-worker, chat-widget | OTel GenAI | ai ${versions.ai}, @ai-sdk/otel ${versions['@ai-sdk/otel']}; \`invoke_agent\` restates the usage below it (${p.restatedUsage} times) |
| review-summariser | OTel GenAI | @anthropic-ai/sdk ${versions['@anthropic-ai/sdk']}, @traceloop/instrumentation-anthropic ${versions['@traceloop/instrumentation-anthropic']} |

Planted:

- **Prompt \`order-support\`**, versions 6 (${six.calls} calls in ${six.traces} traces) and 7 (${seven.calls} in ${seven.traces}), template and variables on each call. One effect:
  \`helpfulness\` rises from ${six.mean} (n ${six.scored}) to ${seven.mean} (n ${seven.scored}); it is recorded on the last call of each trace. Version 7 cites a help article in
  ${seven.citesPolicy} of ${seven.scored} answers, version 6 in ${six.citesPolicy}; length (${six.meanOutputTokens} and ${seven.meanOutputTokens} tokens) and refused refunds (${six.refusedRefunds} and ${seven.refusedRefunds}) are about the same.
- **Failing tool** \`issue_refund\`, HTTP 422 "amount exceeds limit", ${p.failingTool.count} times, first in \`${p.failingTool.traceId}\`
- **Sub-agent** \`refund-worker\` under a tool of the agent, ${p.subAgent.count} times, first in \`${p.subAgent.traceId}\`
- **Unpriced model** \`${p.unpricedModel.model}\`, ${p.unpricedModel.calls} calls, in the same traces
- **Retries**, a failed span per attempt: ${p.retry.map(r => `${r.statuses.join(' and ')} in \`${r.traceId}\``).join('; ')}
- **Session** \`${p.session.id}\`, three turns with the history carried on: ${p.session.traceIds.map(id => `\`${id}\``).join(', ')}
- **Orphan** \`${p.orphan.spanId}\` in \`${p.orphan.traceId}\`: its parent was never exported
- **Stream** with time to first chunk: \`${p.stream.traceId}\` and ${p.stream.traceIds.length - 1} more; **reasoning**: \`${p.reasoning.traceId}\`; **image** (data: URI): \`${p.image.traceId}\`
- **Retrieval**, ${p.retrieval.count} spans, documents with id, text and score; for example \`${p.retrieval.traceId}\`
- **Cached tokens** on ${p.cached.calls} calls, never more than the prompt; first in \`${p.cached.traceId}\`
- **Recorded cost** on ${p.recordedCost.spans} calls in ${p.recordedCost.traces} traces only, ${p.recordedCost.total} USD in all
- **Score as an event**: \`${p.evaluationEvent.score}\` by \`gen_ai.evaluation.result\`, ${p.evaluationEvent.count} times, first in \`${p.evaluationEvent.traceId}\`
- **Environments** ${Object.keys(p.environments).join(', ')}; **releases** ${Object.keys(p.releases).join(', ')}

No person, address or order in it is real.
`
}
