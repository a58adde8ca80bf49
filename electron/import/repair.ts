// A second look at JSON that JSON.parse refuses or that is nested too deep. Iterative: depth costs nothing.

/** Past this level a value is kept as the text it was. */
const deepestLevel = 200

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a]
const [openObject, closeObject, openArray, closeArray] = [0x7b, 0x7d, 0x5b, 0x5d]

const isSpace = (byte: number): boolean => byte === 32 || byte === 10 || byte === 13 || byte === 9
const isOpen = (byte: number): boolean => byte === openObject || byte === openArray
const isClose = (byte: number): boolean => byte === closeObject || byte === closeArray

/** Words JSON does not know, written by Python and JavaScript: all mean "no value", but of a cost, where somebody counted wrong. */
const absent = new Set(['NaN', '-NaN', 'nan', 'Infinity', '-Infinity', '+Infinity', 'inf', '-inf', 'undefined'])

const costKey = /cost|spend|(?:^|_)usd(?:_|$)/i
const isNumber = (word: string): boolean => word !== 'undefined'

/** Offset after the string that starts at `at`, or after the last byte. */
function stringEnd(bytes: Buffer, at: number): number {
  for (let i = at + 1; i < bytes.length; i++) {
    if (bytes[i] === backslash) i++
    else if (bytes[i] === quote) return i + 1
  }
  return bytes.length
}

/** Offset after the container that starts at `at`. */
function containerEnd(bytes: Buffer, at: number): number {
  let level = 0
  for (let i = at; i < bytes.length; i++) {
    const byte = bytes[i]!
    if (byte === quote) i = stringEnd(bytes, i) - 1
    else if (isOpen(byte)) level++
    else if (isClose(byte) && --level === 0) return i + 1
  }
  return bytes.length
}

export interface Repaired {
  readonly bytes: Buffer
  /** Beginnings of the values that were nested too deep and are texts now. */
  readonly deep: readonly string[]
  /** The escapes that JSON does not know as they are written now, each with what follows it. */
  readonly escapes: readonly string[]
}

/**
 * The same value as JSON that parses: NaN and Infinity become null (texts where they are a cost, so that these are counted), trailing commas go, control characters inside
 * strings are escaped, backslashes that begin no escape stand for themselves, values past level 200 become texts. Whether
 * that is enough is for JSON.parse to say.
 */
export function repairJson(bytes: Buffer): Repaired {
  const out: Buffer[] = []
  const deep: string[] = []
  const escapes: string[] = []
  let from = 0
  let level = 0
  let key = ''
  const replace = (start: number, end: number, text: string) => {
    out.push(bytes.subarray(from, start), Buffer.from(text))
    from = end
  }
  for (let i = 0; i < bytes.length;) {
    const byte = bytes[i]!
    if (byte === quote) {
      const end = stringEnd(bytes, i)
      for (let k = i; k < end; k++) {
        if (bytes[k]! < 32) replace(k, k + 1, `\\u${bytes[k]!.toString(16).padStart(4, '0')}`)
        else if (bytes[k] === backslash && isEscape(bytes, k)) k++
        else if (bytes[k] === backslash) {
          replace(k, k + 1, '\\\\')
          if (escapes.length < 100) escapes.push(`\\\\${plainText(bytes, k + 1)}`)
        }
      }
      key = end - i < 64 ? bytes.toString('latin1', i + 1, end - 1) : ''
      i = end
    } else if (isOpen(byte)) {
      if (level === deepestLevel) {
        const end = containerEnd(bytes, i)
        const text = bytes.toString('utf8', i, end)
        if (deep.length < 100) deep.push(text.slice(0, 200))
        replace(i, end, JSON.stringify(text))
        i = end
      } else {
        level++
        i++
      }
    } else if (isClose(byte)) {
      level--
      i++
    } else if (byte === comma) {
      let next = i + 1
      while (next < bytes.length && isSpace(bytes[next]!)) next++
      if (isClose(bytes[next] ?? 0)) replace(i, i + 1, '')
      i++
    } else if (byte === colon || isSpace(byte)) i++
    else {
      let end = i
      while (end < bytes.length && end < i + 40 && !isDelimiter(bytes[end]!)) end++
      const word = bytes.toString('latin1', i, end)
      if (absent.has(word)) replace(i, end, isNumber(word) && costKey.test(key) ? JSON.stringify(word) : 'null')
      i = Math.max(end, i + 1)
    }
  }
  out.push(bytes.subarray(from))
  return { bytes: Buffer.concat(out), deep, escapes }
}

/** Whether the backslash at `at` begins an escape that JSON knows. */
function isEscape(bytes: Buffer, at: number): boolean {
  const letter = bytes.toString('latin1', at + 1, at + 2)
  if (letter === 'u') return /^[0-9a-fA-F]{4}$/.test(bytes.toString('latin1', at + 2, at + 6))
  return letter !== '' && '"\\/bfnrt'.includes(letter)
}

/** What stands there, up to 24 characters that are written the same way in any JSON. */
function plainText(bytes: Buffer, at: number): string {
  return /^[ !#-.0-[\]-~]*/.exec(bytes.toString('latin1', at, at + 24))![0]
}

function isDelimiter(byte: number): boolean {
  return isSpace(byte) || byte === comma || byte === colon || byte === quote || isOpen(byte) || isClose(byte)
}

/** Arrays whose elements are whole spans: where a record that was cut can be closed without inventing half a span. */
const spanArrays = new Set(['spans', 'logRecords'])
/** The same in what tools export, at the top of the document only: inside a span these may mean anything. */
const rootArrays = new Set(['observations', 'runs', 'post', 'patch', 'batch', 'samples'])

interface OpenLevel {
  readonly close: ']' | '}'
  readonly spans: boolean
}

/** A list of spans within a span would be part of what it says. */
function holdsSpans(key: string, open: readonly OpenLevel[]): boolean {
  if (open.length === 1 && rootArrays.has(key)) return true
  return spanArrays.has(key) && !open.some(level => level.spans)
}

/**
 * Closes a record that a cut left open, after the last whole span of it. Undefined when no whole span came before the
 * cut.
 */
export function closeTruncated(bytes: Buffer): Buffer | undefined {
  const open: OpenLevel[] = []
  let key = ''
  let best: { at: number; closing: string } | undefined
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!
    if (byte === quote) {
      const end = stringEnd(bytes, i)
      key = end - i < 64 ? bytes.toString('latin1', i + 1, end - 1) : ''
      i = end - 1
    } else if (isOpen(byte)) {
      if (open.length > 10_000) return undefined
      const isArray = byte === openArray
      open.push({ close: isArray ? ']' : '}', spans: isArray && key !== '' && holdsSpans(key, open) })
      key = ''
    } else if (isClose(byte)) {
      open.pop()
      if (open.at(-1)?.spans) {
        best = {
          at: i + 1,
          closing: open
            .map(level => level.close)
            .toReversed()
            .join(''),
        }
      }
    }
  }
  return best && Buffer.concat([bytes.subarray(0, best.at), Buffer.from(best.closing)])
}
