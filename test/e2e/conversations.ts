// OTLP dumps of conversations, as long as a test wants them.

interface Message {
  readonly role: string
  readonly parts: readonly object[]
}

interface Call {
  readonly trace: string
  readonly input: readonly Message[]
  readonly output: readonly Message[]
  readonly session?: string
}

export function say(role: string, content: string): Message {
  return { role, parts: [{ type: 'text', content }] }
}

/** One call a span, a second apart; `trace` is a digit that its id is made of. */
export function dumpOf(calls: readonly Call[]): string {
  const spans = calls.map(({ trace, input, output, session }, i) => ({
    traceId: trace.repeat(32).slice(0, 32),
    spanId: (i + 1).toString(16).padStart(16, '0'),
    name: 'chat gpt-4o',
    kind: 3,
    startTimeUnixNano: String(1_780_000_000_000_000_000n + BigInt(i) * 1_000_000_000n),
    endTimeUnixNano: String(1_780_000_000_500_000_000n + BigInt(i) * 1_000_000_000n),
    attributes: [
      attribute('gen_ai.operation.name', 'chat'),
      attribute('gen_ai.request.model', 'gpt-4o'),
      attribute('gen_ai.input.messages', JSON.stringify(input)),
      attribute('gen_ai.output.messages', JSON.stringify(output)),
      ...(session === undefined ? [] : [attribute('session.id', session)]),
    ],
    status: {},
  }))
  return JSON.stringify({ resourceSpans: [{ resource: { attributes: [] }, scopeSpans: [{ scope: {}, spans }] }] })
}

function attribute(key: string, stringValue: string): object {
  return { key, value: { stringValue } }
}

const words = 'the **order** was refunded because `policy` allows it while a customer waits'.split(' ')

/** As many characters of prose, with lines and some Markdown, the same every time. */
export function prose(characters: number): string {
  const text: string[] = []
  for (let length = 0, i = 0; length < characters; i++) {
    const word = words[(i * 7 + (i >> 3)) % words.length]! + (i % 13 === 12 ? '\n' : i % 97 === 96 ? '\n\n- ' : ' ')
    text.push(word)
    length += word.length
  }
  return text.join('').slice(0, characters)
}
