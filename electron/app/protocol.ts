import { readFile } from 'node:fs/promises'
import type { Protocol } from 'electron'
import { contentType, fileInside, pageHeaders } from '../hosts/page.ts'
import { rendererFolder } from '../hosts/places.ts'
import { isPage, themedPage } from '../hosts/themed-page.ts'
import { appOrigin, appScheme, isOwnUrl } from './origin.ts'

/** Before `ready`. Not `bypassCSP`, not `corsEnabled`, no service workers. */
export function registerScheme(protocol: Protocol): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Serves the built page, and nothing else that is on the disk. */
export function serveScheme(protocol: Protocol): void {
  protocol.handle(appScheme, async request => {
    const file =
      request.method === 'GET' && isOwnUrl(request.url) ? fileInside(rendererFolder, pathOf(request.url)) : undefined
    if (file === undefined) return new Response('', { status: 404, headers: pageHeaders })
    const headers = { ...pageHeaders, 'content-type': contentType(file) }
    return new Response(isPage(file) ? themedPage(file) : new Uint8Array(await readFile(file)), { headers })
  })
}

/** The path as written: URL parsing has already taken `..` out, however it was spelled, but not what is encoded twice. */
function pathOf(url: string): string {
  return new URL(url, appOrigin).pathname
}
