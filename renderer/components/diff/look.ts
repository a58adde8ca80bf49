import { kept } from '../../state/kept.ts'
import { createStore } from '../../state/store.ts'

/** How a reader likes differences to be shown: kept on this machine. */
export interface DiffLook {
  /** Side by side, or one under the other. */
  readonly split: boolean
  /** White space at the ends of lines counts too. */
  readonly whitespace: boolean
  /** Lines that are the same are folded, all but three around a change. */
  readonly onlyChanges: boolean
  /** The same of a text that is being written: who writes wants to see all of it. */
  readonly onlyChangesOfDraft: boolean
}

const key = 'spanwise.diff'
const usual: DiffLook = { split: true, whitespace: false, onlyChanges: true, onlyChangesOfDraft: false }

export const diffLook = createStore<DiffLook | undefined>(undefined)

/** What was chosen; read when it is first asked, since it is kept by the host. */
export function lookOf(chosen: DiffLook | undefined): DiffLook {
  return chosen ?? recall()
}

export function lookAnew(change: Partial<DiffLook>): void {
  const next = { ...lookOf(diffLook.get()), ...change }
  diffLook.set(next)
  kept.setItem(key, JSON.stringify(next))
}

function recall(): DiffLook {
  try {
    const found: unknown = JSON.parse(kept.getItem(key) ?? '{}')
    const said = (name: keyof DiffLook) => {
      const value = Object(found)[name] as unknown
      return typeof value === 'boolean' ? value : usual[name]
    }
    return {
      split: said('split'),
      whitespace: said('whitespace'),
      onlyChanges: said('onlyChanges'),
      onlyChangesOfDraft: said('onlyChangesOfDraft'),
    }
  } catch {
    return usual
  }
}
