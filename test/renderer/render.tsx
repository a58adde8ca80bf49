import { act, cleanup, configure, render, type RenderResult } from '@testing-library/react'
import { afterEach, beforeEach } from 'vitest'
import { App } from '../../renderer/app/App.tsx'
import type { FakeClient } from './fake-client.ts'

const observers = new Set<Sizes>()

/** jsdom lays nothing out: who observes sizes is told once, as by a browser after its first layout, and of `resizeTo`. */
class Sizes {
  private readonly tell: ResizeObserverCallback

  constructor(tell: ResizeObserverCallback) {
    this.tell = tell
  }
  observe(): void {
    observers.add(this)
    queueMicrotask(() => this.changed())
  }
  unobserve(): void {}
  disconnect(): void {
    observers.delete(this)
  }
  changed(): void {
    if (observers.has(this)) this.tell([], this)
  }
}

/** Each test of the file gets a window that remembers nothing of the last one, and more time to wait in. */
export function freshWindows(): void {
  configure({ asyncUtilTimeout: 5000 })
  beforeEach(() => {
    localStorage.clear()
    globalThis.ResizeObserver = Sizes
  })
  afterEach(cleanup)
}

/** Everything is as high from now on. */
export function resizeTo(height: number): void {
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, value: height })
  act(() => observers.forEach(one => one.changed()))
}

/** Where a window is to open. jsdom has no layout: the virtualizer needs a height and a width. */
export function arriveAt(at: string): void {
  resizeTo(520)
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
