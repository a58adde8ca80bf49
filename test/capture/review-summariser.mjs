/**
 * The nightly review summariser: Anthropic's SDK under Traceloop's instrumentation, inside
 * a workflow and an agent that the application writes in the GenAI conventions.
 */
export async function createReviewSummariser({ load, telemetry, server, clock, chance }) {
  const { context, trace } = await load('@opentelemetry/api')
  const anthropicModule = await load('@anthropic-ai/sdk')
  const { AnthropicInstrumentation } = await load('@traceloop/instrumentation-anthropic')

  const instrumentation = new AnthropicInstrumentation()
  instrumentation.setTracerProvider(telemetry.provider)
  instrumentation.manuallyInstrument(anthropicModule)
  const anthropic = new anthropicModule.Anthropic({ apiKey: 'not-a-key', baseURL: server.url, maxRetries: 0 })
  const tracer = telemetry.provider.getTracer('review-summariser', '0.9.4')

  async function step(name, attributes, work) {
    const span = tracer.startSpan(name, { attributes })
    try {
      return await context.with(trace.setSpan(context.active(), span), () => work(span))
    } finally {
      clock.advance(chance.between(2, 6))
      span.end()
    }
  }

  return async function summarise(job) {
    const { product, reviews, summary } = job.night
    server.say({ text: summary })
    telemetry.notes.cost = Boolean(job.recordCost)
    await step(
      'invoke_workflow nightly-reviews',
      { 'gen_ai.operation.name': 'invoke_workflow', 'gen_ai.workflow.name': 'nightly-reviews' },
      () =>
        step(
          'invoke_agent review-summariser',
          {
            'gen_ai.operation.name': 'invoke_agent',
            'gen_ai.agent.name': 'review-summariser',
            'gen_ai.agent.version': '4',
          },
          async () => {
            const args = { product, since: 'yesterday' }
            clock.advance(chance.between(5, 15))
            const read = await step(
              'execute_tool read_reviews',
              {
                'gen_ai.operation.name': 'execute_tool',
                'gen_ai.tool.name': 'read_reviews',
                'gen_ai.tool.type': 'datastore',
                'gen_ai.tool.call.arguments': JSON.stringify(args),
              },
              async span => {
                clock.advance(chance.between(80, 320))
                const rows = reviews.map((text, i) => ({
                  id: `rev_${job.number}_${i + 1}`,
                  stars: chance.whole(3, 5),
                  text,
                }))
                span.setAttribute('gen_ai.tool.call.result', JSON.stringify(rows))
                return rows
              },
            )
            telemetry.notes.score = job.score
            await anthropic.messages.create({
              model: 'claude-haiku-4-5',
              max_tokens: 300,
              temperature: 0.3,
              system:
                'You summarise product reviews for the buyers at Northwind Outfitters. Two sentences: what people like, then what should be fixed. No numbers, no quotes.',
              messages: [
                {
                  role: 'user',
                  content: `${product}\n\n${read.map(row => `${row.stars} of 5: ${row.text}`).join('\n')}`,
                },
              ],
            })
          },
        ),
    )
    telemetry.notes.cost = false
  }
}
