import type { Handlers, Output } from '../../shared/contract/index.ts'
import type { MenuCommand, ZoomStep } from '../../shared/contract/shell.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import type { Settings } from '../hosts/settings-file.ts'
import type { StoreDesk } from '../hosts/store-desk.ts'

/** What the host contributes: the inspector itself has no window, no dialog and no browser. */
export interface HostFacts {
  readonly kind: Output<'app.info'>['host']
  readonly version: string
  /** Shows the system's dialog; absent where the page uploads what is chosen. Null when the person cancels. */
  readonly chooseFiles?: () => Promise<string[] | null>
  /** Asks the person and opens the address; absent where the host cannot. */
  readonly openLink?: (url: string) => Promise<void>
  /** What persons chose on this machine; absent where nobody looks at a page. */
  readonly settings?: Settings
  /** Other stores; absent where the one that was named is all there is. */
  readonly stores?: StoreDesk
  /** Shows the page's commands in the menu bar; absent where there is none. */
  readonly showMenu?: (commands: readonly MenuCommand[]) => void
  /** Absent where the browser around the page does that. */
  readonly zoom?: (step: ZoomStep) => void
}

type AppHandlers = Pick<
  Handlers,
  | 'app.info'
  | 'files.choose'
  | 'links.open'
  | 'settings.read'
  | 'settings.write'
  | 'stores.list'
  | 'stores.open'
  | 'stores.create'
  | 'stores.choose'
  | 'stores.forget'
  | 'shell.menu'
  | 'shell.zoom'
>

/** What this build reads, from its registries: they are the larger part of its code, and few who start a host ask. */
type Registries = Pick<Output<'app.info'>, 'formats' | 'conventions'>

export function appHandlers(host: HostFacts, registries: () => Promise<Registries>): AppHandlers {
  return {
    'app.info': async () => ({
      version: host.version,
      host: host.kind,
      ...(await registries()),
      nativeDialog: host.chooseFiles !== undefined,
    }),
    'files.choose': async () => {
      if (!host.chooseFiles) throw new InspectorError('app/no-dialog', 'This host has no file dialog of its own.')
      return { paths: await host.chooseFiles() }
    },
    'links.open': async ({ url }) => {
      if (!host.openLink)
        throw new InspectorError('app/no-links', 'This host does not open links; copy the address instead.')
      await host.openLink(url)
      return {}
    },
    'settings.read': () => ({
      file: host.settings?.file ?? null,
      settings: Object.fromEntries(host.settings?.read() ?? []),
    }),
    'settings.write': ({ name, value }) => {
      if (!host.settings) throw new InspectorError('settings/none', 'This host keeps no settings.')
      host.settings.write(name, value ?? undefined)
      return {}
    },
    'stores.list': () => storesOf(host).list(),
    'stores.open': async ({ path }) => (await storesOf(host).open(path), {}),
    'stores.create': async ({ name }) => (await storesOf(host).create(name), {}),
    'stores.choose': async () => {
      const { choose } = storesOf(host)
      if (!choose) throw new InspectorError('app/no-dialog', 'This host has no file dialog of its own.')
      return { path: await choose() }
    },
    'shell.menu': ({ commands }) => {
      host.showMenu?.(commands)
      return {}
    },
    'shell.zoom': ({ step }) => {
      if (!host.zoom) throw new InspectorError('app/no-zoom', 'The browser around this page makes it larger.')
      host.zoom(step)
      return {}
    },
    'stores.forget': ({ path }) => (storesOf(host).forget(path), {}),
  }
}

function storesOf({ stores }: HostFacts): StoreDesk {
  if (!stores) throw new InspectorError('stores/one', 'This host has one store, the one it was started with.')
  return stores
}
