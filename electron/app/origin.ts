/** The page's own scheme: standard and secure like https, and nothing on disk or on the network answers to it. */
export const appScheme = 'app'
export const appOrigin = 'app://bundle'
export const appPage = `${appOrigin}/index.html`

/** Whether a URL is of our page, compared as parsed: `app://bundle.evil`, `app://bundle@evil` and their kin are not. */
export function isOwnUrl(url: string, devServer?: string): boolean {
  const parsed = parse(url)
  if (!parsed || parsed.username !== '' || parsed.password !== '') return false
  if (`${parsed.protocol}//${parsed.host}` === appOrigin) return true
  const dev = devServer === undefined ? undefined : parse(devServer)
  return dev !== undefined && parsed.origin === dev.origin && parsed.protocol === 'http:'
}

function parse(url: string): URL | undefined {
  return URL.parse(url) ?? undefined
}
