// Events of spans, asked for as their rows come to rest on screen. Rows take what concerns them: no other row is drawn again.

import { useCallback, useSyncExternalStore } from 'react'
import type { Output } from '../../../../shared/contract/index.ts'
import { useClient } from '../../../app/view.ts'
import type { PageClient } from '../../../state/client.ts'

/** An event of a span, microseconds after its start. */
export interface Moment {
  readonly at: number
  readonly name: string
  readonly failed: boolean
}

/** Milliseconds of rest: scrolling through a trace reads none of the spans that pass. */
const rest = 150
/** As many as one question may name. */
const atOnce = 64
const remembered = 5000
const none: readonly Moment[] = []

class MomentDesk {
  private readonly client: PageClient
  private readonly known = new Map<number, readonly Moment[]>()
  private readonly listeners = new Map<number, Set<() => void>>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private movedAt = 0
  private asking = false

  constructor(client: PageClient) {
    this.client = client
    client.on('store.changed', () => {
      this.known.clear()
      this.soon()
    })
  }

  get(id: number): readonly Moment[] {
    return this.known.get(id) ?? none
  }

  watch(id: number, listener: () => void): () => void {
    const listeners = this.listeners.get(id) ?? new Set()
    this.listeners.set(id, listeners.add(listener))
    if (!this.known.has(id)) this.soon()
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0 && this.listeners.get(id) === listeners) this.listeners.delete(id)
    }
  }

  /** One timer however many rows come: it looks whether the last of them has rested. */
  private soon(): void {
    this.movedAt = performance.now()
    this.timer ??= setTimeout(() => this.askRested(), rest)
  }

  private askRested(): void {
    const left = this.movedAt + rest - performance.now()
    this.timer = left > 0 ? setTimeout(() => this.askRested(), left) : undefined
    if (this.timer === undefined) void this.ask()
  }

  private async ask(): Promise<void> {
    if (this.asking) return
    const ids = [...this.listeners.keys()].filter(id => !this.known.has(id)).slice(0, atOnce)
    if (ids.length === 0) return
    this.asking = true
    // Ticks are an extra: bars without them are true, and the next rows ask again.
    const answer = await this.client.ask('spans.moments', { ids }).catch(() => undefined)
    this.asking = false
    if (!answer) return
    if (this.known.size > remembered) this.known.clear()
    for (const id of ids) this.known.set(id, none)
    for (const [id, moments] of momentsBySpan(answer)) this.known.set(id, moments)
    for (const id of ids) for (const listener of this.listeners.get(id) ?? []) listener()
    this.soon()
  }
}

export function momentsBySpan(answer: Output<'spans.moments'>): Map<number, Moment[]> {
  const { span, at, failed, name, strings } = answer
  const found = new Map<number, Moment[]>()
  for (let i = 0; i < span.length; i++) {
    const moments = found.get(span[i]!) ?? []
    moments.push({ at: at[i]!, name: strings[name[i]!] ?? '', failed: failed[i] === 1 })
    found.set(span[i]!, moments)
  }
  return found
}

const desks = new WeakMap<PageClient, MomentDesk>()

function deskOf(client: PageClient): MomentDesk {
  const desk = desks.get(client) ?? new MomentDesk(client)
  desks.set(client, desk)
  return desk
}

/** The events of a span; none until they were read. */
export function useMoments(id: number): readonly Moment[] {
  const desk = deskOf(useClient())
  const watch = useCallback((listener: () => void) => desk.watch(id, listener), [desk, id])
  return useSyncExternalStore(watch, () => desk.get(id))
}

/** A tick of the time line: an event, or several within one pixel. */
export interface Tick {
  /** Share of the shown range. */
  readonly left: number
  readonly failed: boolean
  readonly first: Moment
  readonly count: number
}

/** The events of a span that begins at `start`, within the shown range, one tick a pixel and sort; exceptions last, on top. */
export function ticksOfMoments(
  moments: readonly Moment[],
  start: number,
  range: { readonly from: number; readonly to: number },
  width: number,
): Tick[] {
  const ticks = new Map<string, Tick>()
  for (const moment of moments) {
    const left = (start + moment.at - range.from) / (range.to - range.from)
    if (!(left >= 0 && left <= 1)) continue
    const place = `${Math.floor((left * width) / 2)} ${moment.failed}`
    const before = ticks.get(place)
    if (before) ticks.set(place, { ...before, count: before.count + 1 })
    else ticks.set(place, { left, failed: moment.failed, first: moment, count: 1 })
  }
  return [...ticks.values()].toSorted((a, b) => Number(a.failed) - Number(b.failed))
}
