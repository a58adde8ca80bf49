// One stack of what a person did to the store and can take back, for every part of the window.

import { toRequestError } from './request-error.ts'
import { createStore } from './store.ts'

/** Something that was done. Undoing it answers how to do it again. */
export interface Done {
  /** "14 traces got the tag bug" */
  readonly words: string
  readonly undo: () => Promise<Redo>
}

export type Redo = () => Promise<Done>

export interface Toast {
  readonly id: number
  readonly words: string
  readonly failed?: boolean
  /** What its button takes back; absent where there is nothing. */
  readonly done?: Done
}

const most = 100
/** Milliseconds that a toast stays. */
const staysFor = 8000

const done: Done[] = []
const undone: { readonly words: string; readonly redo: Redo }[] = []
let last = 0
let hiding: ReturnType<typeof setTimeout> | undefined

export const toast = createStore<Toast | undefined>(undefined)

/** Shows an effect; with `undo` it can be taken back, from the toast and by Mod+Z. */
export function tellDone(effect: Done): void {
  done.push(effect)
  if (done.length > most) done.shift()
  undone.length = 0
  show({ words: effect.words, done: effect })
}

/** An effect that cannot be taken back, or that something failed. */
export function tell(words: string, failed = false): void {
  show({ words, ...(failed ? { failed } : {}) })
}

export function canUndo(): boolean {
  return done.length > 0
}

export function canRedo(): boolean {
  return undone.length > 0
}

/** Takes back the latest, or this one. */
export async function undo(which: Done | undefined = done.at(-1)): Promise<void> {
  const at = which ? done.lastIndexOf(which) : -1
  if (!which || at < 0) return
  done.splice(at, 1)
  try {
    const redo = await which.undo()
    undone.push({ words: which.words, redo })
    show({ words: `Undone: ${which.words}` })
  } catch (error) {
    show({ words: `It could not be undone: ${toRequestError(error).message}`, failed: true })
  }
}

export async function redo(): Promise<void> {
  const again = undone.pop()
  if (!again) return
  try {
    const effect = await again.redo()
    done.push(effect)
    show({ words: effect.words, done: effect })
  } catch (error) {
    show({ words: `It could not be done again: ${toRequestError(error).message}`, failed: true })
  }
}

export function hideToast(): void {
  clearTimeout(hiding)
  toast.set(undefined)
}

/** Whoever reads it with the pointer on it, or is on its button, is not hurried. */
export function holdToast(): void {
  clearTimeout(hiding)
}

export function releaseToast(): void {
  clearTimeout(hiding)
  hiding = setTimeout(hideToast, staysFor)
}

function show(next: Omit<Toast, 'id'>): void {
  toast.set({ id: ++last, ...next })
  releaseToast()
}
