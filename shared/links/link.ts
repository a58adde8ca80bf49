// Links to places of the window: spanwise://trace/9f2c…?v=1&spanId=41aa…. What follows the scheme is the route behind the #
// of the page's address, with a version. They carry ids and queries, never content, and do nothing but show.

/** The version that this build writes. */
const version = 1
const scheme = 'spanwise://'
/** Characters: Windows passes no more on a command line. */
const longest = 32_000
const mostParts = 40

/** A place as a link names it, taken apart. */
export interface Link {
  /** `/trace/9f2c…`, segments still encoded. */
  readonly path: string
  readonly parts: ReadonlyMap<string, string>
  /** A newer build made it: what it adds is not known here. */
  readonly newer: boolean
}

export function isLink(text: string): boolean {
  return text.slice(0, scheme.length).toLowerCase() === scheme
}

/**
 * Undefined for what is none. Whoever wrote it is not trusted: there is nothing in a link but a place and texts, which
 * the place reads as it reads what a person typed.
 */
export function readLink(text: string): Link | undefined {
  // oxlint-disable-next-line no-control-regex
  if (!isLink(text) || text.length > longest || /[\u0000-\u0020\u007f]/.test(text)) return undefined
  const whole = text.slice(scheme.length).split('#', 1)[0] ?? ''
  const cut = whole.indexOf('?')
  const segments = (cut < 0 ? whole : whole.slice(0, cut)).split('/').filter(segment => segment !== '')
  if (segments.some(segment => segment === '.' || segment === '..' || decoded(segment) === undefined)) return undefined
  const parts = new Map<string, string>()
  for (const pair of cut < 0 ? [] : whole.slice(cut + 1).split('&')) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    const name = decoded(equals < 0 ? pair : pair.slice(0, equals))
    const value = decoded(equals < 0 ? '' : pair.slice(equals + 1).replaceAll('+', ' '))
    if (name === undefined || value === undefined || parts.size >= mostParts) return undefined
    if (!parts.has(name)) parts.set(name, value)
  }
  const made = Number(parts.get('v') ?? version)
  parts.delete('v')
  // A browser takes the first segment for a host, and hosts are written small.
  const [place = '', ...more] = segments
  const path = `/${[place.toLowerCase(), ...more].join('/')}`
  return { path, parts, newer: Number.isInteger(made) && made > version }
}

export function writeLink({ path, parts }: Pick<Link, 'path' | 'parts'>): string {
  const written = [['v', String(version)] as const, ...[...parts].filter(([name]) => name !== 'v')]
  const query = written.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')
  return `${scheme}${path.replace(/^\/+/, '')}?${query}`
}

/** The route behind the # of the page's address. */
export function routeOf({ path, parts }: Pick<Link, 'path' | 'parts'>): string {
  const query = [...parts].map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')
  return query === '' ? path : `${path}?${query}`
}

/** The same link in one spelling, safe as an argument and behind a #; undefined for what is none. */
export function cleanLink(text: string): string | undefined {
  const link = readLink(text)
  return link && writeLink(link)
}

/** What people read easily stays as it is: `kind:tool`. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%2F', '/')
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
