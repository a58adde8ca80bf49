import { existsSync, realpathSync, statSync } from 'node:fs'
import path from 'node:path'

/**
 * What the page may do, in every host. Trusted Types name Monaco's own policies and one of ours, `app-worker`, which
 * accepts same-origin scripts only; Monaco needs inline styles, and two of its chunks create one policy twice.
 */
const directives = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data: blob:",
  'media-src data: blob:',
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types defaultWorkerFactory diffEditorWidget diffReview domLineBreaksComputer editorGhostText ' +
    'editorViewLayer richScreenReaderContent standaloneColorizer stickyScrollViewLayer tokenizeToString domSanitize ' +
    "app-worker 'allow-duplicates'",
]

export const contentSecurityPolicy = directives.join('; ')

/** The same inside the built page, should a host ever forget the header. Who may frame it only a header can say. */
export const pagePolicy = directives.filter(directive => !directive.startsWith('frame-ancestors')).join('; ')

/** On every answer, whatever it is. */
export const pageHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), display-capture=()',
} as const

const types: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.ttf', 'font/ttf'],
  ['.woff2', 'font/woff2'],
  ['.wasm', 'application/wasm'],
])

export function contentType(file: string): string {
  return types.get(path.extname(file)) ?? 'application/octet-stream'
}

/**
 * The file that a URL's path names, strictly inside the folder: nothing for `..` however it is encoded, NUL, a
 * backslash, a percent sign that is still there after decoding once, or a link that leads out.
 */
export function fileInside(folder: string, urlPath: string): string | undefined {
  let decoded: string
  try {
    decoded = decodeURIComponent(urlPath)
  } catch {
    return undefined
  }
  if (!/^\/[\w@/.+-]*$/.test(decoded) || decoded.split('/').includes('..')) return undefined
  const file = path.join(folder, decoded)
  if (!existsSync(file) || !statSync(file).isFile()) return undefined
  const real = realpathSync(file)
  return real.startsWith(realpathSync(folder) + path.sep) ? real : undefined
}
