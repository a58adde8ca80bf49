// Whether a record carries a credential. Cheap enough for every record of a log: names first, then the first letters of
// short texts. It finds what was logged by mistake; it is no proof that there is none.

const names = new Set([
  'authorization',
  'proxy-authorization',
  'api_key',
  'apikey',
  'api-key',
  'x-api-key',
  'x-goog-api-key',
  'ocp-apim-subscription-key',
  'openai_api_key',
  'anthropic_api_key',
  'cookie',
  'set-cookie',
  'client_secret',
  'access_token',
  'refresh_token',
  'secret_access_key',
  'aws_secret_access_key',
  'password',
])

/** A name under which credentials stand, in any case. */
export function isSecretName(name: string): boolean {
  return name.length <= 26 && name.length >= 6 && names.has(name.toLowerCase())
}

/** First letters and least length of keys that say themselves what they are. */
const prefixes: ReadonlyMap<string, readonly (readonly [prefix: string, length: number])[]> = new Map([
  [
    's',
    [
      ['sk-', 20],
      ['sk_live_', 20],
    ],
  ],
  [
    'A',
    [
      ['AIza', 35],
      ['AKIA', 20],
      ['ASIA', 20],
    ],
  ],
  [
    'x',
    [
      ['xoxb-', 20],
      ['xoxp-', 20],
      ['xai-', 40],
    ],
  ],
  [
    'g',
    [
      ['ghp_', 30],
      ['gho_', 30],
      ['ghs_', 30],
      ['github_pat_', 30],
      ['glpat-', 20],
      ['gsk_', 30],
    ],
  ],
  ['h', [['hf_', 30]]],
  ['p', [['pplx-', 30]]],
  ['B', [['Bearer ', 20]]],
  ['e', [['eyJ', 60]]],
])

/** A text that is a key by its look: `sk-…`, `AIza…`, a JSON Web Token … Constant time: a prefix and a length. */
export function isSecretText(text: string): boolean {
  if (text.length < 20 || text.length > 4096) return false
  const known = prefixes.get(text[0]!)
  if (known === undefined) return false
  for (const [prefix, length] of known) {
    if (text.length < length || !text.startsWith(prefix)) continue
    // A key is one word: prose may begin like one.
    if (/\s/.test(text.slice(prefix.length, 40))) return false
    return prefix !== 'eyJ' || isToken(text)
  }
  return false
}

/** Three parts with dots between. */
function isToken(text: string): boolean {
  const dot = text.indexOf('.')
  return dot > 0 && text.startsWith('.eyJ', dot) && text.indexOf('.', dot + 1) > 0
}

const mostValues = 2000

/** Whether a name or a value in it looks like a credential. What was masked before (`***`) is none. */
export function hasSecret(record: { readonly [name: string]: unknown }): boolean {
  const queue: object[] = [record]
  for (let i = 0, seen = 0; i < queue.length; i++) {
    const value = queue[i]!
    const isList = Array.isArray(value)
    for (const name of Object.keys(value)) {
      if (++seen > mostValues) return false
      const item = (value as { readonly [name: string]: unknown })[name]
      if (typeof item === 'string') {
        if (isSecretText(item) || (!isList && isSecretName(name) && isPlain(item))) return true
      } else if (typeof item === 'object' && item !== null) {
        if ('deferred' in item) {
          if (!isList && isSecretName(name)) return true
        } else queue.push(item)
      }
    }
  }
  return false
}

function isPlain(text: string): boolean {
  return (
    text.trim() !== '' && !/^(?:bearer\s+)?[*•x.]+$|redact|mask|^none$|^null$|^\$\{|^os\.environ/i.test(text.trim())
  )
}
