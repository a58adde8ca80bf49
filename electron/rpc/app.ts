import type { Handlers, Output } from '../../shared/contract/index.ts'
import { InspectorError } from '../../shared/domain/errors.ts'

/** What the host contributes: the inspector itself has no window, no dialog and no browser. */
export interface HostFacts {
  readonly kind: Output<'app.info'>['host']
  readonly version: string
  /** Shows the system's dialog; absent where the page uploads what is chosen. Null when the person cancels. */
  readonly chooseFiles?: () => Promise<string[] | null>
  /** Asks the person and opens the address; absent where the host cannot. */
  readonly openLink?: (url: string) => Promise<void>
}

type AppHandlers = Pick<Handlers, 'app.info' | 'files.choose' | 'links.open'>

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
  }
}
