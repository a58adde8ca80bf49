import { createServer } from 'node:http'

/**
 * A model server on 127.0.0.1 that says what it was told to say.
 *
 * Speaks OpenAI's chat completions (also streamed) and Anthropic's messages. Replies are
 * queued by the scenario and served in order. Token counts come from the lengths of what
 * was really sent, a quarter of a token per character. A prompt that begins as an earlier one did
 * is partly cached from 1,024 tokens on, in steps of 128, as OpenAI documents. Time passes
 * on the given clock: a wait for the first token, then a steady speed per model.
 */
const speeds = {
  'gpt-4.1-mini': { id: 'gpt-4.1-mini-2025-04-14', first: 420, perToken: 15 },
  'claude-haiku-4-5': { id: 'claude-haiku-4-5-20251001', first: 520, perToken: 9 },
  'deepseek-reasoner': { id: 'deepseek-reasoner', first: 640, perToken: 13 },
  'northwind-refund-7b': { id: 'northwind-refund-7b', first: 210, perToken: 24 },
}

const tokensOf = value => Math.ceil((typeof value === 'string' ? value : JSON.stringify(value)).length / 4)

/** Images are billed by their size on screen, never by the length of their base64. */
const withoutImages = text => text.replace(/data:image\/[^"]+/g, 'x'.repeat(340))

export async function startFakeServer(clock, chance) {
  const script = []
  const recent = []

  /** The longest shared beginning with a prompt of the last ten minutes, in tokens. */
  function cachedTokens(model, prompt, total) {
    let shared = 0
    for (const old of recent) {
      if (old.model !== model || clock.now() - old.at > 600_000) continue
      let i = 0
      while (i < prompt.length && prompt[i] === old.prompt[i]) i++
      shared = Math.max(shared, i)
    }
    recent.push({ model, prompt, at: clock.now() })
    if (recent.length > 12) recent.shift()
    const tokens = Math.min(Math.floor(shared / 4), total)
    return model.startsWith('gpt') && tokens >= 1024 ? Math.floor(tokens / 128) * 128 : 0
  }

  function usageOf(body, reply) {
    const prompt = withoutImages(JSON.stringify({ system: body.system, tools: body.tools, messages: body.messages }))
    const input = tokensOf(prompt)
    const reasoning = reply.reasoning ? tokensOf(reply.reasoning) : 0
    const output = tokensOf(reply.text ?? reply.calls) + reasoning
    return { input, output, reasoning, cached: cachedTokens(body.model, prompt, input) }
  }

  /** One call in fifteen is slow, as it is at every provider. */
  const wait = (model, usage) =>
    ((speeds[model].first + usage.input * 0.12) * chance.between(0.85, 1.3) +
      usage.output * speeds[model].perToken * chance.between(0.9, 1.15)) *
    (chance.next() < 0.067 ? chance.between(1.8, 3.2) : 1)

  const toolCalls = reply =>
    reply.calls?.map(call => ({
      id: `call_${chance.token(20)}`,
      type: 'function',
      function: { name: call.name, arguments: JSON.stringify(call.arguments) },
    }))

  function openaiUsage(usage) {
    return {
      prompt_tokens: usage.input,
      completion_tokens: usage.output,
      total_tokens: usage.input + usage.output,
      prompt_tokens_details: { cached_tokens: usage.cached },
      completion_tokens_details: { reasoning_tokens: usage.reasoning },
    }
  }

  function envelope(body, object) {
    const created = Math.floor(clock.now() / 1000)
    return { id: `chatcmpl-${chance.token(24)}`, object, created, model: speeds[body.model].id }
  }

  function completion(body, reply, usage) {
    const calls = toolCalls(reply)
    const message = { role: 'assistant', content: reply.text ?? null }
    if (calls) message.tool_calls = calls
    if (reply.reasoning) message.reasoning_content = reply.reasoning
    const choice = { index: 0, message, finish_reason: calls ? 'tool_calls' : 'stop' }
    return { ...envelope(body, 'chat.completion'), choices: [choice], usage: openaiUsage(usage) }
  }

  /** Real time passes between chunks too, so that the client has read one before the clock moves. */
  async function stream(response, body, reply, usage) {
    const pause = () => new Promise(done => setTimeout(done, 12))
    const head = envelope(body, 'chat.completion.chunk')
    const send = async (delta, rest) => {
      const choices = delta ? [{ index: 0, delta, finish_reason: null }] : []
      response.write(`data: ${JSON.stringify({ ...head, choices, ...rest })}\n\n`)
      await pause()
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    clock.advance(speeds[body.model].first * chance.between(1, 1.5))
    for (const [i, piece] of reply.text.match(/\S+\s*\S*\s*\S*\s*/g).entries()) {
      if (i > 0) clock.advance(tokensOf(piece) * speeds[body.model].perToken * chance.between(0.8, 1.3))
      await send(i === 0 ? { role: 'assistant', content: piece } : { content: piece })
    }
    await send(undefined, { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })
    await send(undefined, { usage: openaiUsage(usage) })
    response.end('data: [DONE]\n\n')
  }

  function anthropicMessage(body, reply, usage) {
    return {
      id: `msg_${chance.token(24)}`,
      type: 'message',
      role: 'assistant',
      model: speeds[body.model].id,
      content: [{ type: 'text', text: reply.text }],
      stop_reason: 'end_turn',
      stop_sequence: null,
      usage: { input_tokens: usage.input, output_tokens: usage.output },
    }
  }

  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    const body = JSON.parse(text)
    const reply = script.shift()
    const json = (status, value) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(value))
    }
    if (!reply) return json(500, { error: { message: 'The script has no more replies.' } })
    if (reply.status) {
      clock.advance(chance.between(90, 260))
      return json(reply.status, { error: { message: reply.message, type: reply.type, code: reply.code ?? null } })
    }
    const usage = usageOf(body, reply)
    if (body.stream) return stream(response, body, reply, usage)
    clock.advance(wait(body.model, usage))
    json(200, request.url.endsWith('/messages') ? anthropicMessage(body, reply, usage) : completion(body, reply, usage))
  })
  await new Promise(done => server.listen(0, '127.0.0.1', done))

  return {
    url: `http://127.0.0.1:${server.address().port}`,
    /** Queues replies: `{ text, reasoning? }`, `{ calls }` or `{ status, message, type }`. */
    say: (...replies) => script.push(...replies),
    unsaid: () => script.length,
    close: () => new Promise(done => (server.closeAllConnections(), server.close(done))),
  }
}
