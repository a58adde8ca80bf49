import { createStore } from '../state/store.ts'

/** What is said politely to a reader of the screen: the newest thing only. */
export const announcement = createStore('')

/** Counts after a search, ends of imports. For progress use at most one in five seconds. */
export function announce(text: string): void {
  announcement.set(text)
}
