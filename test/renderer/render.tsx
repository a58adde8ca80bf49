import { act, cleanup, configure, render, type RenderResult } from '@testing-library/react'
import { afterEach, beforeEach } from 'vitest'
import { App } from '../../renderer/app/App.tsx'
import type { FakeClient } from './fake-client.ts'

// jsdom lays nothing out: what observes sizes hears nothing.
class NoSizes {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

/** Each test of the file gets a window that remembers nothing of the last one, and more time to wait in. */
export function freshWindows(): void {
  configure({ asyncUtilTimeout: 5000 })
  beforeEach(() => {
    localStorage.clear()
    globalThis.ResizeObserver = NoSizes
  })
  afterEach(cleanup)
}

/** Where a window is to open. jsdom has no layout: the virtualizer needs a height and a width. */
export function arriveAt(at: string): void {
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, value: 520 })
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, value: 1280 })
  Object.defineProperty(HTMLElement.prototype, 'scrollHeight', { configurable: true, value: 33_000_000 })
  HTMLElement.prototype.scrollTo = function scrollTo(this: HTMLElement, to?: ScrollToOptions | number) {
    this.scrollTop = typeof to === 'object' ? (to.top ?? 0) : 0
    queueMicrotask(() => this.dispatchEvent(new Event('scroll')))
  }
  location.hash = at
  dispatchEvent(new HashChangeEvent('hashchange'))
}

/** The window on a host in memory, at an address. */
export async function openWindow(
  client: FakeClient,
  at = '/traces',
  chooseFiles: () => Promise<readonly File[]> = () => Promise.resolve([]),
): Promise<RenderResult> {
  arriveAt(at)
  const shown = render(<App client={client} chooseFiles={chooseFiles} />)
  await act(async () => {
    await new Promise(resolve => setTimeout(resolve, 20))
  })
  return shown
}
