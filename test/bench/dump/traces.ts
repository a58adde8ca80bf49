import { hex, seededRandom, type Random } from '../../helpers/random.ts'
import { embed, type DumpAttributes, type DumpSpan } from './otlp-lines.ts'
import { AgentRun, tools, type Agent, type Conversation, type History } from './agent-run.ts'
import { makeVocabulary, Writer } from './words.ts'

/** Invents traces of agents that remember, call tools, retrieve, fail and retry. Same seed, same traces. */
export class TraceMaker {
  readonly #random: Random
  readonly #writer: Writer
  readonly #history: History
  readonly #agents: readonly Agent[]
  readonly #conversations: Conversation[] = []
  /** Milliseconds since 1970; moves on with every trace. */
  #now = 1_760_000_000_000
  traces = 0
  spans = 0
  calls = 0

  constructor(seed: number, history: History) {
    this.#random = seededRandom(seed)
    this.#writer = new Writer(this.#random, makeVocabulary(seededRandom(777)))
    this.#history = history
    this.#agents = Array.from({ length: 12 }, () => this.#agent())
  }

  /** An agent's run of 3 to 200 spans, in the order in which they end. */
  agentTrace(): readonly DumpSpan[] {
    const random = this.#random
    const target = Math.floor(Math.min(200, Math.max(3, random.logNormal(13, 0.85))))
    this.traces++
    this.#now += random.below(4000)
    const run = new AgentRun(
      random,
      this.#writer,
      this.#history,
      random.pick(this.#agents),
      this.#conversation(target),
      this.#now,
    )
    const spans = run.spans(target)
    this.spans += spans.length
    this.calls += run.calls
    return spans
  }

  /** A wide, up to 15 levels deep workflow of small spans; one in ten is a call with short messages. */
  giantTrace(size: number): readonly DumpSpan[] {
    const random = this.#random
    this.traces++
    this.#now += 1000
    const traceId = hex(random, 32)
    const root = { id: hex(random, 16), start: this.#now, depth: 0 }
    const parents = [root]
    const spans: DumpSpan[] = []
    for (let i = 1; i < size; i++) {
      const near = parents.length - 1 - random.below(Math.min(parents.length, 30))
      let parent = parents[random.below(4) > 0 ? near : random.below(parents.length)] ?? root
      if (parent.depth > 14) parent = root
      const start = parent.start + random.unit() * 50
      const isCall = random.below(10) === 0
      const span: DumpSpan = {
        traceId,
        spanId: hex(random, 16),
        parentId: parent.id,
        name: isCall ? 'chat gpt-4o-mini' : `${random.pick(tools)}.${this.#writer.word()}`,
        kind: isCall ? 3 : 1,
        start,
        end: start + random.logNormal(12, 1),
        attributes: isCall ? this.#smallCall() : this.#smallStep(i),
        failed: random.below(200) === 0,
        events: [],
      }
      spans.push(span)
      if (isCall) this.calls++
      if (random.below(3) > 0) parents.push({ id: span.spanId, start, depth: parent.depth + 1 })
    }
    spans.push({
      traceId,
      spanId: root.id,
      parentId: '',
      name: 'workflow nightly',
      kind: 1,
      start: root.start,
      end: root.start + 900_000,
      attributes: [['workflow.name', 'nightly']],
      failed: false,
      events: [],
    })
    this.spans += spans.length
    return spans
  }

  #smallStep(index: number): DumpAttributes {
    return [
      ['code.function', this.#writer.word()],
      ['task.index', index],
      ['queue.name', this.#writer.word()],
      ['thread.id', this.#random.below(64)],
      ['retry', this.#random.below(9) === 0],
    ]
  }

  #smallCall(): DumpAttributes {
    const random = this.#random
    const answer = embed({
      role: 'assistant',
      parts: [{ type: 'text', content: this.#writer.text(120 + random.below(300)) }],
      finish_reason: 'stop',
    })
    const question = embed({
      role: 'user',
      parts: [{ type: 'text', content: this.#writer.text(200 + random.below(500)) }],
    })
    return [
      ['gen_ai.operation.name', 'chat'],
      ['gen_ai.provider.name', 'openai'],
      ['gen_ai.request.model', 'gpt-4o-mini'],
      ['gen_ai.usage.input_tokens', 200 + random.below(200)],
      ['gen_ai.usage.output_tokens', 30 + random.below(90)],
      ['prompt.version', 'batch-v1'],
      ['gen_ai.input.messages', { messages: [question] }],
      ['gen_ai.output.messages', { messages: [answer] }],
    ]
  }

  #agent(): Agent {
    const random = this.#random
    const prompts = ['v1', 'v2', 'v3'].map(version => ({
      version,
      system: embed([{ type: 'text', content: this.#writer.text(2000 + random.below(6000)) }]),
    }))
    const toolCount = 4 + random.below(8)
    const offered = tools.slice(0, toolCount).map(name => ({
      type: 'function',
      name,
      description: this.#writer.text(300),
      parameters: {
        type: 'object',
        properties: Object.fromEntries(
          [0, 1, 2].map(() => [this.#writer.word(), { type: 'string', description: this.#writer.text(120) }]),
        ),
        required: [],
      },
    }))
    return { name: `${this.#writer.word()}-agent`, prompts, tools: embed(offered), toolCount }
  }

  /** Short runs often go on with an earlier conversation; the 400 latest are remembered. */
  #conversation(target: number): Conversation {
    const random = this.#random
    if (target < 9 && random.below(3) === 0 && this.#conversations.length > 20) return random.pick(this.#conversations)
    const conversation = { id: `conv_${hex(random, 16)}`, user: `user_${random.below(5000)}`, messages: [] }
    if (this.#conversations.length < 400) this.#conversations.push(conversation)
    else if (target < 40) this.#conversations[random.below(400)] = conversation
    return conversation
  }
}
