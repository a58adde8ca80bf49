import { createContext } from 'react'

/** Tells elements when they come near what is seen, and when they are far again. */
export interface Sight {
  /** `tall`: how high the element is, in pixels. */
  readonly watch: (element: Element, changed: (near: boolean, tall: number) => void) => () => void
  /** Runs when nothing more urgent is to be done, one thing at a time. */
  readonly soon: (run: () => void) => () => void
  readonly end: () => void
}

export const SightContext = createContext<Sight | undefined>(undefined)

/** Pixels around what is seen: two screens, so that scrolling seldom overtakes it. */
const margin = 1600

export function createSight(inside: Element | null): Sight {
  const watched = new Map<Element, (near: boolean, tall: number) => void>()
  // Where nothing is laid out, everything is near.
  const observer =
    typeof IntersectionObserver === 'undefined'
      ? undefined
      : new IntersectionObserver(
          entries => {
            for (const { target, isIntersecting, boundingClientRect } of entries) {
              watched.get(target)?.(isIntersecting, boundingClientRect.height)
            }
          },
          { root: scrollerOf(inside), rootMargin: `${margin}px 0px` },
        )
  const queue: (() => void)[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const work = () => {
    timer = undefined
    queue.shift()?.()
    if (queue.length > 0) timer = setTimeout(work)
  }
  return {
    watch(element, changed) {
      if (!observer) {
        changed(true, 0)
        return () => {}
      }
      watched.set(element, changed)
      observer.observe(element)
      return () => {
        watched.delete(element)
        observer.unobserve(element)
      }
    },
    soon(run) {
      queue.push(run)
      timer ??= setTimeout(work)
      return () => {
        const at = queue.indexOf(run)
        if (at >= 0) queue.splice(at, 1)
      }
    },
    end() {
      observer?.disconnect()
      clearTimeout(timer)
    },
  }
}

function scrollerOf(element: Element | null): Element | null {
  for (let at = element?.parentElement ?? null; at; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at
  }
  return null
}
