import { policies } from './content/policies.mjs'

/**
 * The shop's chat widget and the fraud review, on the AI SDK.
 *
 * Shows what the other scenarios do not: a streamed answer, reasoning, retrieval in the
 * GenAI conventions, and a trace whose root was lost.
 */
export async function createChatWidget({ ai, load, telemetry, server, clock, chance }) {
  const { generateText, streamText } = ai
  const { context, trace, SpanKind } = await load('@opentelemetry/api')
  const { createOpenAICompatible } = await load('@ai-sdk/openai-compatible')
  const at = { baseURL: `${server.url}/v1`, apiKey: 'not-a-key', includeUsage: true }
  const openai = createOpenAICompatible({ name: 'openai', ...at })
  const deepseek = createOpenAICompatible({ name: 'deepseek', ...at })
  const tracer = telemetry.provider.getTracer('chat-widget', '1.8.1')

  function request(name, attributes) {
    const span = tracer.startSpan(name, { kind: SpanKind.SERVER, attributes })
    return { span, active: trace.setSpan(context.active(), span) }
  }

  function retrieve(query, ids) {
    const documents = ids.map((id, i) => ({
      id,
      score: Math.round((0.91 - 0.17 * i) * 100) / 100,
      content: policies[id][1],
    }))
    const span = tracer.startSpan('retrieval help-centre', {
      kind: SpanKind.CLIENT,
      attributes: {
        'gen_ai.operation.name': 'retrieval',
        'gen_ai.data_source.id': 'help-centre',
        'gen_ai.retrieval.query.text': query,
        'gen_ai.retrieval.documents': JSON.stringify(documents),
        'gen_ai.request.top_k': ids.length,
      },
    })
    clock.advance(chance.between(40, 110))
    span.end()
    clock.advance(chance.between(2, 5))
    return documents.map(document => document.content).join('\n')
  }

  const system =
    'You are the shopping guide of Northwind Outfitters. Answer in a few friendly sentences and rely on the help centre below.'

  return {
    async stream(job) {
      const { span, active } = request('POST /widget/messages', {
        'http.request.method': 'POST',
        'http.route': '/widget/messages',
        'session.id': job.session,
        'user.id': job.user,
      })
      server.say({ text: job.answer })
      await context.with(active, async () => {
        clock.advance(chance.between(5, 12))
        const help = retrieve(job.question, job.articles)
        const result = streamText({
          model: openai('gpt-4.1-mini'),
          system: `${system}\n\n${help}`,
          prompt: job.question,
          temperature: 0.5,
          maxRetries: 0,
          telemetry: { functionId: 'chat-widget' },
        })
        for await (const _ of result.textStream);
        await result.finishReason
      })
      clock.advance(chance.between(2, 6))
      span.setAttribute('http.response.status_code', 200)
      span.end()
    },

    async reason(job) {
      server.say({ reasoning: job.reasoning, text: job.answer })
      await generateText({
        model: deepseek('deepseek-reasoner'),
        system:
          'You review refund cases above the limit for the returns desk. Weigh the facts and recommend approve, reject or ask. One paragraph.',
        prompt: job.question,
        maxRetries: 0,
        telemetry: { functionId: 'returns-desk-review' },
      })
    },

    /** The process is stopped before the request's span ends, so that span is never exported. */
    async loseRoot(job) {
      const { active } = request('POST /widget/messages', { 'http.request.method': 'POST', 'session.id': job.session })
      server.say({ text: job.answer })
      await context.with(active, async () => {
        clock.advance(chance.between(5, 12))
        await generateText({
          model: openai('gpt-4.1-mini'),
          system,
          prompt: job.question,
          maxRetries: 0,
          telemetry: { functionId: 'chat-widget' },
        })
      })
    },
  }
}
