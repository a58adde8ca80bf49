import type { Handlers, RequestName } from '../../shared/contract/index.ts'
import type { ReplayDesk, ReplayHandlers } from '../replay/desk.ts'

const names = [
  'replay.send',
  'replay.cancel',
  'replay.profiles',
  'replay.saveProfile',
  'replay.removeProfile',
  'replay.putKey',
  'replay.removeKey',
  'replay.openVault',
  'replay.closeVault',
  'replay.ledger',
  'replay.lock',
  'replay.setLock',
] as const satisfies readonly RequestName[]

/** What the host's own process answers about sending, with code that is loaded by the first question: few ask one. */
export function relayReplay(load: () => Promise<ReplayDesk>): {
  readonly handlers: ReplayHandlers
  close(): Promise<void>
} {
  let loaded: Promise<ReplayDesk> | undefined
  const relayed = names.map(name => [
    name,
    async (input: unknown, signal: unknown) => {
      const desk = await (loaded ??= load())
      return (desk.handlers()[name] as (...asked: unknown[]) => unknown)(input, signal)
    },
  ])
  return {
    handlers: Object.fromEntries(relayed) as Pick<Handlers, (typeof names)[number]>,
    close: async () => (await loaded)?.close(),
  }
}
