// A window as a busy machine shows it: what React does after a paint is not done yet.

import { createRoot } from 'react-dom/client'
import { vi } from 'vitest'
import { App } from '../../renderer/app/App.tsx'
import type { FakeClient } from './fake-client.ts'
import { arriveAt } from './render.tsx'

/** Opens the window and does `work` in the moment in which `selector` is in the page for the first time. */
export async function atFirstSight(
  client: FakeClient,
  at: string,
  selector: string,
  work: (seen: HTMLElement) => void,
): Promise<void> {
  arriveAt(at)
  const page = document.body.appendChild(document.createElement('div'))
  const root = createRoot(page)
  const seen = Promise.withResolvers<void>()
  const observer = new MutationObserver(() => {
    const found = page.querySelector<HTMLElement>(selector)
    if (!found) return
    observer.disconnect()
    try {
      work(found)
      seen.resolve()
    } catch (error) {
      seen.reject(error)
    }
  })
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', false)
  // Whatever React does has taken so long that it lets the page have a turn before it goes on.
  const now = performance.now.bind(performance)
  let slow = 0
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now() + (slow += 10))
  try {
    observer.observe(page, { childList: true, subtree: true })
    root.render(<App client={client} chooseFiles={() => Promise.resolve([])} />)
    await seen.promise
  } finally {
    observer.disconnect()
    root.unmount()
    page.remove()
    vi.unstubAllGlobals()
    clock.mockRestore()
  }
}
