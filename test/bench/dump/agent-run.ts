import { hex, type Random } from '../../helpers/random.ts'
import { embed, type DumpAttributes, type DumpEvent, type DumpSpan, type EmbeddedJson } from './otlp-lines.ts'
import type { Writer } from './words.ts'

/**
 * full: each call repeats the whole conversation (most agents). delta: only its last two messages. distinct: no history,
 * no system prompt, no tools, so that nothing repeats.
 */
export type History = 'full' | 'delta' | 'distinct'

const models = [
  ['gpt-4o', 'openai'],
  ['gpt-4o-mini', 'openai'],
  ['gpt-4.1', 'openai'],
  ['o4-mini', 'openai'],
  ['claude-sonnet-4', 'anthropic'],
  ['claude-haiku-3.5', 'anthropic'],
  ['claude-opus-4', 'anthropic'],
  ['gemini-2.5-pro', 'gcp.gemini'],
  ['gemini-2.5-flash', 'gcp.gemini'],
  ['llama-3.3-70b', 'groq'],
  ['mistral-large', 'mistral_ai'],
  ['deepseek-v3', 'deepseek'],
] as const

export const tools = [
  'search_web',
  'read_file',
  'write_file',
  'run_sql',
  'fetch_url',
  'lookup_customer',
  'create_ticket',
  'send_email',
  'list_orders',
  'run_tests',
  'grep_repo',
  'get_weather',
] as const

export interface Agent {
  readonly name: string
  readonly prompts: readonly { readonly version: string; readonly system: EmbeddedJson }[]
  readonly tools: EmbeddedJson
  readonly toolCount: number
}

export interface Conversation {
  readonly id: string
  readonly user: string
  readonly messages: EmbeddedJson[]
}

/** A call that would send more than this is compacted, as agents do. */
const contextLimit = 500_000

interface ToolCall {
  readonly name: string
  readonly id: string
  readonly given: { readonly query: string; readonly limit: number; readonly path: string }
}

type Prompt = Agent['prompts'][number]
type Model = (typeof models)[number]

/** One run of one agent: its spans in the order in which they end. */
export class AgentRun {
  readonly #random: Random
  readonly #writer: Writer
  readonly #mode: History
  readonly #agent: Agent
  readonly #conversation: Conversation
  readonly #traceId: string
  readonly #root: string
  readonly #started: number
  readonly #spans: DumpSpan[] = []
  #history: EmbeddedJson[]
  #time: number
  calls = 0

  constructor(random: Random, writer: Writer, mode: History, agent: Agent, conversation: Conversation, now: number) {
    this.#random = random
    this.#writer = writer
    this.#mode = mode
    this.#agent = agent
    this.#conversation = conversation
    this.#traceId = hex(random, 32)
    this.#root = hex(random, 16)
    this.#started = now
    this.#time = now
    this.#history = conversation.messages.slice(-160)
  }

  spans(target: number): readonly DumpSpan[] {
    const random = this.#random
    const prompt = random.below(10) < 6 ? this.#agent.prompts.at(-1)! : random.pick(this.#agent.prompts)
    const model = random.below(10) < 7 ? models[this.#agent.toolCount % models.length]! : random.pick(models)
    this.#say(this.#question())
    let failures = 0
    while (this.#left(target) > 0 && failures <= 3) {
      if (this.#left(target) > 2 && random.below(6) === 0) this.#retrieve()
      const tool = this.#left(target) > 1 && random.below(10) < 8 ? this.#chooseTool() : undefined
      if (!this.#call(prompt, model, tool)) failures++
      else if (tool !== undefined) this.#run(tool)
      else if (this.#left(target) > 0) this.#say(this.#question())
      this.#compact()
    }
    this.#add({
      spanId: this.#root,
      parentId: '',
      name: `invoke_agent ${this.#agent.name}`,
      kind: 1,
      start: this.#started,
      end: this.#time + 2,
      attributes: [
        ['gen_ai.operation.name', 'invoke_agent'],
        ['gen_ai.agent.name', this.#agent.name],
        ['gen_ai.conversation.id', this.#conversation.id],
        ['user.id', this.#conversation.user],
        ['session.id', this.#conversation.id],
        ['deployment.environment', random.below(5) > 0 ? 'prod' : 'staging'],
      ],
    })
    return this.#spans
  }

  /** Spans still to make beside the root. */
  #left(target: number): number {
    return target - 1 - this.#spans.length
  }

  /** Whether the call succeeded: one in sixty is refused, and the agent tries again. */
  #call(prompt: Prompt, model: Model, tool: ToolCall | undefined): boolean {
    const random = this.#random
    const parts: object[] = [
      {
        type: 'text',
        content: tool && random.below(3) > 0 ? this.#writer.text(80 + random.below(400)) : this.#prose(),
      },
    ]
    if (tool) parts.push({ type: 'tool_call', id: tool.id, name: tool.name, arguments: tool.given })
    const answer = embed({ role: 'assistant', parts, finish_reason: tool ? 'tool_call' : 'stop' })
    const failed = random.below(60) === 0
    const sent = this.#history.reduce(
      (sum, message) => sum + message.raw.length,
      prompt.system.raw.length + this.#agent.tools.raw.length,
    )
    const input = Math.floor(sent / 4.2)
    const output = failed ? 0 : Math.floor(answer.raw.length / 4.2)
    const duration = random.logNormal(450, 0.5) + output * (8 + random.below(12))
    const attributes: DumpAttributes = [
      ['gen_ai.operation.name', 'chat'],
      ['gen_ai.provider.name', model[1]],
      ['gen_ai.request.model', model[0]],
      ['gen_ai.response.model', `${model[0]}-2025-0${1 + random.below(3)}`],
      ['gen_ai.response.id', `chatcmpl-${hex(random, 16)}`],
      ['gen_ai.request.temperature', Math.round(random.unit() * 10) / 10 + 0.05],
      ['gen_ai.request.max_tokens', 4096],
      ['gen_ai.usage.input_tokens', input],
      ['gen_ai.usage.output_tokens', output],
      ['gen_ai.usage.cache_read.input_tokens', Math.floor(input * 0.7)],
      ['gen_ai.conversation.id', this.#conversation.id],
      ['gen_ai.agent.name', this.#agent.name],
      ['prompt.version', prompt.version],
      ['user.id', this.#conversation.user],
      ['server.address', `api.${model[1]}.com`],
      ...this.#sentTexts(prompt),
      ...(failed ? [] : received(answer, tool !== undefined)),
    ]
    const events = failed ? [this.#refusal(this.#time + duration)] : []
    this.#child(`chat ${model[0]}`, 3, duration, attributes, failed, events)
    this.calls++
    if (!failed) this.#say(answer)
    return !failed
  }

  #sentTexts(prompt: Prompt): DumpAttributes {
    if (this.#mode === 'distinct') return [['gen_ai.input.messages', { messages: this.#history.slice(-1) }]]
    return [
      ['gen_ai.system_instructions', prompt.system],
      ['gen_ai.tool.definitions', this.#agent.tools],
      ['gen_ai.input.messages', { messages: this.#mode === 'delta' ? this.#history.slice(-2) : [...this.#history] }],
    ]
  }

  #refusal(time: number): DumpEvent {
    return {
      name: 'exception',
      time,
      attributes: [
        ['exception.type', 'RateLimitError'],
        ['exception.message', `429 ${this.#writer.text(120)}`],
        ['exception.stacktrace', this.#writer.text(900)],
      ],
    }
  }

  #retrieve(): void {
    const random = this.#random
    const documents = [0, 1, 2].map(() => ({
      id: `doc_${random.below(1e5)}`,
      score: random.unit(),
      content: this.#writer.text(400 + random.below(1200)),
    }))
    this.#child('retrieval kb', 3, 20 + random.logNormal(60, 0.6), [
      ['gen_ai.operation.name', 'retrieval'],
      ['gen_ai.data_source.id', `kb-${random.below(9)}`],
      ['gen_ai.retrieval.query.text', this.#writer.text(60)],
      ['gen_ai.retrieval.documents', embed(documents)],
    ])
  }

  #chooseTool(): ToolCall {
    const random = this.#random
    return {
      name: tools[random.below(this.#agent.toolCount)] ?? tools[0],
      id: `call_${hex(random, 16)}`,
      given: {
        query: this.#writer.text(40 + random.below(100)),
        limit: random.below(50),
        path: `/src/${this.#writer.word()}/${this.#writer.word()}.ts`,
      },
    }
  }

  #run(tool: ToolCall): void {
    const result = this.#prose()
    const attributes: DumpAttributes = [
      ['gen_ai.operation.name', 'execute_tool'],
      ['gen_ai.tool.name', tool.name],
      ['gen_ai.tool.call.id', tool.id],
      ['gen_ai.tool.type', 'function'],
      ['gen_ai.tool.call.arguments', JSON.stringify(tool.given)],
      ['gen_ai.tool.call.result', result],
    ]
    this.#child(
      `execute_tool ${tool.name}`,
      1,
      this.#random.logNormal(180, 1),
      attributes,
      this.#random.below(25) === 0,
    )
    this.#say(embed({ role: 'tool', parts: [{ type: 'tool_call_response', id: tool.id, response: result }] }))
  }

  #child(
    name: string,
    kind: 1 | 3,
    duration: number,
    attributes: DumpAttributes,
    failed = false,
    events: readonly DumpEvent[] = [],
  ) {
    const start = this.#time
    this.#time += duration
    this.#add({
      spanId: hex(this.#random, 16),
      parentId: this.#root,
      name,
      kind,
      start,
      end: this.#time,
      attributes,
      failed,
      events,
    })
  }

  #add(span: Omit<DumpSpan, 'traceId' | 'failed' | 'events'> & Partial<DumpSpan>): void {
    this.#spans.push({ failed: false, events: [], ...span, traceId: this.#traceId })
  }

  #say(message: EmbeddedJson): void {
    this.#history.push(message)
    this.#conversation.messages.push(message)
  }

  #question(): EmbeddedJson {
    return embed({ role: 'user', parts: [{ type: 'text', content: this.#prose() }] })
  }

  /** A text of a message's usual length: 900 characters, seldom 20,000. */
  #prose(): string {
    return this.#writer.text(Math.floor(Math.min(20_000, Math.max(500, this.#random.logNormal(900, 0.9)))))
  }

  #compact(): void {
    const first = this.#history[0]
    const size = this.#history.reduce((sum, message) => sum + message.raw.length, 0)
    if (first && size > contextLimit) this.#history = [first, ...this.#history.slice(-8)]
  }
}

function received(answer: EmbeddedJson, calledTool: boolean): DumpAttributes {
  return [
    ['gen_ai.output.messages', { messages: [answer] }],
    ['gen_ai.response.finish_reasons', { words: [calledTool ? 'tool_calls' : 'stop'] }],
  ]
}
