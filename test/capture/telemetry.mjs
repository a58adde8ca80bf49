import { idGenerator } from './seeded.mjs'

/** US dollars per million tokens, as the invented shop's gateway knows them. */
const gatewayPrices = {
  'gpt-4.1-mini-2025-04-14': { input: 0.4, cached: 0.1, output: 1.6 },
  'claude-haiku-4-5-20251001': { input: 1, cached: 0.1, output: 5 },
}

const rounded = dollars => Math.round(dollars * 1e8) / 1e8

/**
 * One real OpenTelemetry provider per service, release and environment.
 *
 * The instrumentations are registered once, on a provider that passes every span on to the
 * service that is running, as a process per service would. Finished spans are kept
 * until the trace is over and then serialised by OpenTelemetry's own OTLP/JSON serialiser.
 */
export async function startTelemetry(load) {
  const { context, trace } = await load('@opentelemetry/api')
  const { AsyncLocalStorageContextManager } = await load('@opentelemetry/context-async-hooks')
  const { NodeTracerProvider } = await load('@opentelemetry/sdk-trace-node')
  const { resourceFromAttributes } = await load('@opentelemetry/resources')
  const { JsonTraceSerializer } = await load('@opentelemetry/otlp-transformer')

  const ids = idGenerator(20261118)
  const services = new Map()
  let current

  /** What the next spans should be given before they end: a score, a recorded cost. */
  const notes = { score: undefined, cost: false }

  /** What an online evaluator and a gateway do in production: they see a span before it ends. */
  const annotate = {
    onStart() {},
    onEnd() {},
    onEnding(span) {
      const model = span.attributes['llm.model_name'] ?? span.attributes['gen_ai.response.model']
      const answered =
        span.attributes['llm.output_messages.0.message.content'] ?? span.attributes['gen_ai.output.messages']
      if (notes.cost && gatewayPrices[model]) recordCost(span, gatewayPrices[model])
      if (notes.score && model && answered) {
        notes.score.record(span)
        notes.score = undefined
      }
    },
    forceFlush: async () => {},
    shutdown: async () => {},
  }

  function recordCost(span, price) {
    const a = span.attributes
    const input = a['llm.token_count.prompt'] ?? a['gen_ai.usage.input_tokens']
    const output = a['llm.token_count.completion'] ?? a['gen_ai.usage.output_tokens']
    if (input === undefined) return
    const cached = a['llm.token_count.prompt_details.cache_read'] ?? 0
    const prompt = ((input - cached) * price.input + cached * price.cached) / 1e6
    const completion = (output * price.output) / 1e6
    if (a['openinference.span.kind'] === 'LLM') {
      span.setAttribute('llm.cost.prompt', rounded(prompt))
      span.setAttribute('llm.cost.completion', rounded(completion))
      span.setAttribute('llm.cost.total', rounded(prompt + completion))
    } else if (a['gen_ai.operation.name'] === 'chat') {
      span.setAttribute('gen_ai.usage.cost', rounded(prompt + completion))
    }
  }

  function serviceFor(name, release, environment) {
    const key = [name, release, environment].join(' ')
    if (!services.has(key)) {
      const finished = []
      const keep = {
        onStart() {},
        onEnd: span => finished.push(span),
        forceFlush: async () => {},
        shutdown: async () => {},
      }
      const resource = resourceFromAttributes({
        'service.name': name,
        'service.namespace': 'northwind',
        'service.version': release,
        'deployment.environment.name': environment,
        'telemetry.sdk.language': 'nodejs',
        'telemetry.sdk.name': 'opentelemetry',
        'openinference.project.name': 'northwind-support',
      })
      const provider = new NodeTracerProvider({ resource, idGenerator: ids, spanProcessors: [annotate, keep] })
      services.set(key, { provider, finished })
    }
    return services.get(key)
  }

  const switching = {
    getTracer(name, version, options) {
      const real = () => current.provider.getTracer(name, version, options)
      return {
        startSpan: (...args) => real().startSpan(...args),
        startActiveSpan: (...args) => real().startActiveSpan(...args),
      }
    },
  }
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  trace.setGlobalTracerProvider(switching)

  return {
    provider: switching,
    notes,
    /** Runs `task` as another service; its spans still join the active trace. */
    async inService(name, { release, environment }, task) {
      const before = current
      current = serviceFor(name, release, environment)
      try {
        return await task()
      } finally {
        current = before
      }
    },
    /** OTLP/JSON requests, one per service that has spans to export. */
    takeRequests() {
      const requests = []
      for (const { finished } of services.values()) {
        if (finished.length === 0) continue
        const bytes = JsonTraceSerializer.serializeRequest(finished.splice(0))
        requests.push(JSON.parse(new TextDecoder().decode(bytes)))
      }
      return requests
    },
  }
}
