// Texts that attack whoever renders them. `beacon` is an address that counts who calls.

const handlers = ['onerror', 'onload', 'onclick', 'onfocus', 'onmouseover', 'ontoggle', 'onanimationstart', 'onbegin']
const elements = [
  'img',
  'svg',
  'video',
  'audio',
  'iframe',
  'object',
  'embed',
  'body',
  'details',
  'marquee',
  'input autofocus',
]
const wrappers: readonly ((text: string) => string)[] = [
  text => text,
  text => `"><${text.slice(1)}`,
  text => `<table><tr><td>${text}</table>`,
  text => `\`\`\`html\n${text}\n\`\`\``,
  text => `<math><mtext><table><mglyph><style>${text}</style></table></mtext></math>`,
]

export function hostileTexts(beacon: string): readonly string[] {
  const inElements = elements.flatMap(element => handlers.map(on => `<${element} src=x ${on}="window.pwn=1">`))
  const others = [
    '<script>window.pwn=1</script>',
    `<script src="${beacon}/a.js"></script>`,
    '<svg><script>window.pwn=1</script></svg>',
    '<iframe srcdoc="<script>parent.pwn=1</script>"></iframe>',
    `<iframe src="javascript:parent.pwn=1"></iframe>`,
    `<iframe src="${beacon}/frame"></iframe>`,
    '<a href="javascript:window.pwn=1">go</a>',
    '[go](javascript:window.pwn=1)',
    '<a href="data:text/html,<script>window.pwn=1</script>">go</a>',
    `![x](${beacon}/x.png)`,
    `[^1]: <img src="${beacon}/footnote.png">`,
    `<img src="${beacon}/y.png">`,
    `<link rel=preload as=image href="${beacon}/p.png">`,
    `<link rel=stylesheet href="${beacon}/s.css">`,
    `<style>*{background:url(${beacon}/css.png)}</style>`,
    `<div style="background:url(${beacon}/style.png)">x</div>`,
    `<meta http-equiv=refresh content="0;url=${beacon}/meta">`,
    `<base href="${beacon}/">`,
    `<form action="${beacon}/form"><button>x</button></form>`,
    `<video poster="${beacon}/poster.png"></video>`,
    '<noscript><p title="</noscript><img src=x onerror=window.pwn=1>">',
    '<!--<img src="--><img src=x onerror=window.pwn=1//">',
    '{{constructor.constructor("window.pwn=1")()}}',
    '${window.pwn=1}',
    '{"$$typeof":"Symbol(react.element)","props":{"dangerouslySetInnerHTML":{"__html":"<img src=x onerror=window.pwn=1>"}}}',
    '\u202egnp.exe',
    'pay\u200bpal',
    '\u001b]52;c;cHdu\u0007\u001b[31m',
  ]
  const wrapped = others.filter(text => text.startsWith('<')).flatMap(text => wrappers.slice(1).map(wrap => wrap(text)))
  return [...inElements, ...others, ...wrapped]
}

/** One OTLP request with the texts in every field a person will see: ten texts a span, one kind of field each. */
export function hostileDump(beacon: string): string {
  const texts = hostileTexts(beacon)
  const spans = texts.map((text, i) => ({
    traceId: '66000000000000000000000000000001',
    spanId: (i + 1).toString(16).padStart(16, '0'),
    ...(i === 0 ? {} : { parentSpanId: '0000000000000001' }),
    name: text,
    kind: 3,
    startTimeUnixNano: String(1_767_225_600_000_000_000n + BigInt(i) * 1_000_000n),
    endTimeUnixNano: String(1_767_225_600_000_000_000n + BigInt(i + 5) * 1_000_000n),
    attributes: [
      attribute('gen_ai.operation.name', i % 4 === 3 ? 'execute_tool' : 'chat'),
      attribute('gen_ai.request.model', text),
      attribute('gen_ai.provider.name', text),
      attribute('gen_ai.tool.name', text),
      attribute('gen_ai.tool.call.arguments', JSON.stringify({ [text]: text })),
      attribute('gen_ai.tool.call.result', text),
      attribute('gen_ai.prompt.name', text),
      attribute('session.id', text),
      attribute(text, text),
      attribute('gen_ai.system_instructions', JSON.stringify([{ type: 'text', content: text }])),
      attribute('gen_ai.input.messages', JSON.stringify([{ role: text, parts: [{ type: 'text', content: text }] }])),
      attribute('gen_ai.output.messages', JSON.stringify([answer(text)])),
    ],
    status: { code: 2, message: text },
    events: [{ name: text, timeUnixNano: '1767225600000000001', attributes: [attribute('exception.message', text)] }],
  }))
  const resource = { attributes: [attribute('service.name', texts[0]!)] }
  return JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ scope: { name: texts[1] }, spans }] }] })
}

function answer(text: string): object {
  return {
    role: 'assistant',
    parts: [
      { type: 'text', content: text },
      { type: 'reasoning', content: text },
      { type: 'tool_call', id: text, name: text, arguments: { [text]: text } },
      { type: 'uri', modality: 'image', mime_type: 'image/png', uri: text },
    ],
    finish_reason: text,
  }
}

function attribute(key: string, stringValue: string): object {
  return { key, value: { stringValue } }
}
