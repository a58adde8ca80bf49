/** White space, controls, bidi and zero-width characters, and the backslash that some programs take for a slash. */
const unreadable =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0020\u007f-\u00a0\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\\]/

/**
 * The address a link may open, or undefined. A trace can contain any link: only `https:` and `mailto:` leave the app,
 * without credentials (`https://bank@evil`), without anything that could not be read as it stands, and not too long to
 * be read at all.
 */
export function openableLink(written: string): string | undefined {
  if (written.length > 2048 || unreadable.test(written)) return undefined
  const url = URL.parse(written)
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'mailto:')) return undefined
  if (url.protocol === 'https:' && !/^https:\/\/[^/]/i.test(written)) return undefined
  if (url.username !== '' || url.password !== '' || url.href.length > 2048) return undefined
  // A mail with headers of its own could attach files in some programs.
  if (url.protocol === 'mailto:' && /attach/i.test(decodeURIComponent(url.search.replaceAll('%', '%25'))))
    return undefined
  return url.href
}
