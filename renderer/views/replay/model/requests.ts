import { startDraft, type History } from './draft.ts'

/** Requests that are made of one call, side by side; one of them is on the screen. */
export interface Requests {
  /** The logged body that they were made of. */
  readonly of: string
  readonly all: readonly History[]
  readonly at: number
}

/** Requests of a call: each is looked at by a person. */
export const mostRequests = 20

export function startRequests(text: string): Requests {
  return { of: text, all: [startDraft(text)], at: 0 }
}

export function currentOf({ all, at }: Requests): History {
  return all[at]!
}

export function changeCurrent(requests: Requests, change: (history: History) => History): Requests {
  const before = currentOf(requests)
  const after = change(before)
  return after === before ? requests : { ...requests, all: requests.all.with(requests.at, after) }
}

/** One like the one on the screen, right behind it and on the screen in its place; what is done to one is not done to the other. */
export function duplicate(requests: Requests): Requests {
  return insert(requests, { past: [], now: currentOf(requests).now, future: [] })
}

/** Another one, right behind the one on the screen and in its place. */
export function insert(requests: Requests, history: History): Requests {
  const { all, at } = requests
  return all.length >= mostRequests ? requests : { ...requests, all: all.toSpliced(at + 1, 0, history), at: at + 1 }
}

export function pick(requests: Requests, at: number): Requests {
  return requests.all[at] ? { ...requests, at } : requests
}

/** Without one of them; the last one stays. */
export function drop(requests: Requests, gone: number): Requests {
  const { all, at } = requests
  if (all.length === 1 || !all[gone]) return requests
  return { ...requests, all: all.toSpliced(gone, 1), at: at > gone || at === all.length - 1 ? at - 1 : at }
}

/** What one of them is called: as it was named when it was made, else by its place. */
export function requestName({ all }: Requests, at: number): string {
  return all[at]?.now.name ?? `Request ${at + 1}`
}
