// Links to places of this window: followed from the shell, the address or the palette, and copied from any view.

import { isLink, readLink, routeOf, writeLink } from '../../shared/links/link.ts'
import type { PageClient } from '../state/client.ts'
import { allSettings, readSetting, showLinked } from '../state/settings.ts'
import { tell } from '../state/undo.ts'
import { type Mounted, useMounted } from './mounted.ts'
import { currentRoute, navigate } from './route.ts'

/** What a view says of itself in a link: undefined takes a part of its address out. */
type LinkParts = Readonly<Record<string, string | undefined>>

type MakeParts = () => LinkParts | Promise<LinkParts>

const makers: Mounted<MakeParts> = []

/** For parts of a view's address that mean nothing in another store, and for what its address does not say. */
export function useLinkParts(make: MakeParts): void {
  useMounted(makers, make)
}

/** Shows what a link names, and nothing else: it opens no file, changes no setting and sends nothing. */
export function followLink(text: string, options: { readonly replace?: boolean } = {}): void {
  const link = readLink(text)
  if (!link) {
    tell('This link names no place of Spanwise.', true)
    if (options.replace) navigate('/', options)
    return
  }
  showLinked(link.parts)
  const isSetting = new Set(allSettings.map(({ id }) => id))
  const parts = new Map([...link.parts].filter(([name]) => !isSetting.has(name)))
  navigate(routeOf({ path: link.path, parts }), options)
  if (link.newer) tell('A newer version of Spanwise made this link; what it adds is not shown.')
}

/** The link to what is on screen, as it is shown. */
export async function linkToHere(): Promise<string> {
  const { path, query } = currentRoute()
  const parts = new Map(query)
  for (const maker of makers) {
    for (const [name, value] of Object.entries(await maker.current())) {
      if (value === undefined) parts.delete(name)
      else parts.set(name, value)
    }
  }
  for (const setting of allSettings) {
    const value = readSetting(setting)
    if (setting.inLinks && path.startsWith(setting.inLinks) && value !== setting.usual) parts.set(setting.id, value)
  }
  return writeLink({ path, parts })
}

/** Follows what the host hands on, and a link that stands behind the # of the address. */
export function startLinks(client: PageClient): () => void {
  const inAddress = () => {
    const text = location.hash.slice(1)
    if (isLink(text)) followLink(text, { replace: true })
  }
  inAddress()
  addEventListener('hashchange', inAddress)
  const off = client.on('link.opened', ({ link }) => followLink(link))
  return () => {
    removeEventListener('hashchange', inAddress)
    off()
  }
}
