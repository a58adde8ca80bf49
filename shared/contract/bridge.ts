import type { Answer, EventName } from './index.ts'

/**
 * What the preload puts on the page as `window.spanwise`: the contract as four plain functions, frozen. Absent in a
 * browser, where the page speaks HTTP (http.ts).
 */
export interface Bridge {
  /** `ticket` is any number the page has not used for a running request; it is what `cancel` names. */
  ask(name: string, input: unknown, ticket: number): Promise<Answer<unknown>>
  cancel(ticket: number): void
  /** Listens to one event; the answer stops listening. */
  on(name: EventName, listener: (data: unknown) => void): () => void
  /** Where dropped or chosen files lie on disk (`File` objects in, full paths out, '' for one without a path). */
  pathsOfFiles(files: readonly object[]): string[]
}
