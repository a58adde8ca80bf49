// The list that an opened trace came from: its neighbours there are one key away, and the way back leads to the row.

/** Moves on in the list and says where that leads; undefined at its end. */
export type Step = (by: 1 | -1) => Promise<string | undefined>

let step: Step | undefined

export function rememberNeighbours(next: Step | undefined): void {
  step = next
}

/** Undefined where no list was open, or at its end. */
export function neighbour(by: 1 | -1): Promise<string | undefined> {
  return step ? step(by) : Promise.resolve(undefined)
}

export function hasNeighbours(): boolean {
  return step !== undefined
}
