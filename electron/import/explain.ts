/** Code and message for a piece of text that is not JSON. Looks at its first bytes only, and quotes none of them. */
export function explain(bytes: Buffer, start: number, end: number): [code: string, message: string] {
  const head = bytes.toString('latin1', start, Math.min(end, start + 200)).trimStart()
  const sort = sortOf(head) ?? (/^[[{"]/.test(head) ? 'not valid JSON' : 'this line holds no JSON')
  return ['import/not-json', `${sort[0]!.toUpperCase()}${sort.slice(1)}.`]
}

/** What a text that is not JSON looks like; undefined where nothing tells. */
export function sortOf(head: string): string | undefined {
  if (/^[[{]\s*'/.test(head) || /^\{.*\b(None|True|False)\b/.test(head)) {
    return 'a Python value as its repr() prints it, not JSON: write it with json.dumps'
  }
  const isConsole = /^\{\s*[A-Za-z_$][\w$]*\s*:/.test(head)
  if (isConsole && /^\{\s*(?:resource|traceId|instrumentationScope): /.test(head)) {
    return 'spans as the JavaScript SDK’s console exporter prints them, not JSON: export OTLP, or write each with JSON.stringify'
  }
  if (isConsole) return 'a JavaScript value as the console prints it, not JSON'
  if (head.startsWith('<')) return 'HTML or XML, not JSON'
  return undefined
}
