import { kept } from '../../../state/kept.ts'
import { createStore } from '../../../state/store.ts'

/** How cells show their size beside the number. */
export const looks = ['bar', 'heat', 'none'] as const
export type Look = (typeof looks)[number]

const name = 'spanwise.costs.look'

export const look = createStore<Look>(looks.find(one => one === kept.getItem(name)) ?? 'bar')

export function chooseLook(chosen: string): void {
  const found = looks.find(one => one === chosen)
  if (!found) return
  look.set(found)
  kept.setItem(name, found)
}
