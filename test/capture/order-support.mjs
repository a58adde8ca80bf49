import { closings } from './content/tickets.mjs'
import { fillTemplate, prompts, tools } from './content/prompts.mjs'
import { policies } from './content/policies.mjs'

/**
 * The order support agent: the OpenAI SDK under OpenInference's instrumentation.
 *
 * The agent, its tools and its retriever are spans of the application's own, as
 * OpenInference asks for them. The prompt is set only around the calls to the model.
 */
export async function createOrderSupport({ load, telemetry, server, clock, chance, refundWorker }) {
  const { context, trace, SpanStatusCode } = await load('@opentelemetry/api')
  const core = await load('@arizeai/openinference-core')
  const { OpenAIInstrumentation } = await load('@arizeai/openinference-instrumentation-openai')
  const { default: OpenAI } = await load('openai')

  new OpenAIInstrumentation({ tracerProvider: telemetry.provider }).manuallyInstrument(OpenAI)

  // 4.2.7 never ends the span of a call that fails after it was sent. The client's own fetch
  // runs inside that span, so the retry below can end it.
  let openSpan
  const openai = new OpenAI({
    apiKey: 'not-a-key',
    baseURL: `${server.url}/v1`,
    maxRetries: 0,
    fetch: (url, init) => {
      openSpan = trace.getActiveSpan()
      return fetch(url, init)
    },
  })
  const tracer = telemetry.provider.getTracer('order-support', '3.2.0')

  async function step(name, kind, input, attributes, work) {
    const span = tracer.startSpan(name, {
      attributes: {
        ...core.getAttributesFromContext(context.active()),
        'openinference.span.kind': kind,
        'input.value': typeof input === 'string' ? input : JSON.stringify(input),
        'input.mime_type': typeof input === 'string' ? 'text/plain' : 'application/json',
        ...attributes,
      },
    })
    try {
      const output = await context.with(trace.setSpan(context.active(), span), () => work(span))
      span.setAttributes({
        'output.value': typeof output === 'string' ? output : JSON.stringify(output),
        'output.mime_type': typeof output === 'string' ? 'text/plain' : 'application/json',
      })
      span.setStatus({ code: SpanStatusCode.OK })
      return output
    } finally {
      span.end()
    }
  }

  /** The model is called again after an overload, each attempt being a span of its own. */
  async function callModel(prompt, messages) {
    for (let attempt = 1; ; attempt++) {
      let inPrompt = core.setPromptTemplate(context.active(), prompt)
      inPrompt = core.setAttributes(inPrompt, { 'prompt.id': 'order-support', 'gen_ai.prompt.name': 'order-support' })
      const request = { model: 'gpt-4.1-mini', temperature: 0.2, messages, tools }
      try {
        const answer = await context.with(inPrompt, () => openai.chat.completions.create(request))
        clock.advance(chance.between(2, 6))
        return answer.choices[0].message
      } catch (error) {
        openSpan.recordException(error)
        openSpan.setStatus({ code: SpanStatusCode.ERROR, message: error.message })
        openSpan.end()
        if (attempt === 3 || ![429, 503].includes(error.status)) throw error
        clock.advance(500 * 2 ** attempt * chance.between(0.9, 1.1))
      }
    }
  }

  const runTool = {
    search_policy: (call, ticket) =>
      step('search_policy', 'RETRIEVER', call.query, {}, async span => {
        clock.advance(chance.between(60, 190))
        const others = Object.keys(policies).filter(id => !ticket.articles.includes(id))
        const ids = [...ticket.articles, chance.pick(others)].slice(0, call.limit)
        let score = chance.between(0.86, 0.94)
        const found = ids.map(id => {
          const [title, content] = policies[id]
          const document = { id, title, content, score: Math.round(score * 1000) / 1000 }
          score -= chance.between(0.08, 0.21)
          return document
        })
        for (const [i, document] of found.entries()) {
          const prefix = `retrieval.documents.${i}.document`
          span.setAttributes({
            [`${prefix}.id`]: document.id,
            [`${prefix}.content`]: document.content,
            [`${prefix}.score`]: document.score,
            [`${prefix}.metadata`]: JSON.stringify({ title: document.title, collection: 'help-centre' }),
          })
        }
        return found
      }),
    lookup_order: (call, ticket) =>
      step(
        'lookup_order',
        'TOOL',
        call,
        { 'tool.name': 'lookup_order', 'tool.parameters': JSON.stringify(call) },
        async () => {
          clock.advance(chance.between(35, 140))
          return { order_id: call.order_id, ...ticket.look }
        },
      ),
    delegate_refund: (call, ticket, job) =>
      step(
        'delegate_refund',
        'TOOL',
        call,
        { 'tool.name': 'delegate_refund', 'tool.parameters': JSON.stringify(call) },
        async () => {
          clock.advance(chance.between(4, 12))
          const answer = await refundWorker(call, job)
          clock.advance(chance.between(2, 5))
          return answer
        },
      ),
  }

  function scriptFor(ticket, order, version) {
    const search = {
      name: 'search_policy',
      arguments: { query: policies[ticket.articles[0]][0].toLowerCase(), limit: 3 },
    }
    const look = { name: 'lookup_order', arguments: { order_id: order } }
    const replies = [{ calls: ticket.look ? [look, search] : [search] }]
    if (ticket.refund) {
      const reason = ticket.question.replaceAll('{o}', order).slice(0, 90)
      replies.push({
        calls: [{ name: 'delegate_refund', arguments: { order_id: order, amount_usd: ticket.refund, reason } }],
      })
    }
    const [article] = ticket.articles
    const end = version === 7 ? ` [${article}, ${policies[article][0]}]` : ` ${chance.pick(closings)}`
    replies.push({ text: ticket.answer.replaceAll('{o}', order) + end })
    return replies
  }

  /** Answers one ticket in a trace of its own; returns the messages for a next turn. */
  return async function answer(job) {
    const { ticket, order, version, session, user, tier, history = [], image, overloads = [] } = job
    const question = ticket.question.replaceAll('{o}', order)
    const variables = { company: 'Northwind Outfitters', tier, language: 'English', today: job.at.slice(0, 10) }
    const prompt = { template: prompts[version], variables, version: String(version) }
    const content = image
      ? [
          { type: 'text', text: question },
          { type: 'image_url', image_url: { url: image } },
        ]
      : question
    const messages = [
      { role: 'system', content: fillTemplate(prompt.template, variables) },
      ...history,
      { role: 'user', content },
    ]
    const replies = scriptFor(ticket, order, version)
    server.say(...overloads, replies[0])

    let root = core.setSession(context.active(), { sessionId: session })
    root = core.setUser(root, { userId: user })
    root = core.setMetadata(root, { tier, channel: image ? 'e-mail' : 'chat', order_id: order })
    root = core.setTags(root, ticket.refund ? ['support', 'refund'] : ['support'])

    telemetry.notes.cost = Boolean(job.recordCost)
    const text = await context.with(root, () =>
      step('order-support', 'AGENT', question, { 'agent.name': 'order-support' }, async () => {
        clock.advance(chance.between(6, 20))
        for (let i = 0; ; i++) {
          if (i === replies.length - 1) telemetry.notes.score = job.score
          const message = await callModel(prompt, messages)
          messages.push(message)
          if (!message.tool_calls) return message.content
          const runs = message.tool_calls.map(call => async () => {
            const output = await runTool[call.function.name](JSON.parse(call.function.arguments), ticket, job)
            return {
              role: 'tool',
              tool_call_id: call.id,
              content: typeof output === 'string' ? output : JSON.stringify(output),
            }
          })
          messages.push(...(await clock.parallel(runs)))
          clock.advance(chance.between(3, 9))
          server.say(replies[i + 1])
        }
      }),
    )
    telemetry.notes.cost = false
    return [...history, { role: 'user', content: question }, { role: 'assistant', content: text }]
  }
}
