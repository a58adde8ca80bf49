import type { EventData } from '../../shared/contract/index.ts'
import type { PageClient } from './client.ts'
import { createStore, type Store } from './store.ts'

export interface Health {
  /** False while the host itself does not answer (browser host only). */
  readonly connected: boolean
  /** Processes that died and are coming back, with what is known of the reason. */
  readonly restarting: readonly EventData<'process.state'>[]
}

/** Listens for processes that die and come back, from the moment it is made. */
export function watchHealth(client: PageClient): Store<Health> & { readonly stop: () => void } {
  const store = createStore<Health>({ connected: true, restarting: [] })
  const offs = [
    client.onConnection(connected => {
      if (store.get().connected !== connected) store.update(health => ({ ...health, connected }))
    }),
    client.on('process.state', event =>
      store.update(health => {
        const others = health.restarting.filter(other => other.process !== event.process)
        return { ...health, restarting: event.state === 'restarting' ? [...others, event] : others }
      }),
    ),
  ]
  return { ...store, stop: () => offs.forEach(off => off()) }
}
