import type { Answer, CancelSignal, EventName } from '../../shared/contract/index.ts'

/** The way to the inspector, before anything is validated. One file per host: bridge-transport, http-transport. */
export interface Transport {
  /** Rejects with a RequestError when the way is broken, RequestCancelled when the signal fired. */
  ask(name: string, input: unknown, signal?: CancelSignal): Promise<Answer<unknown>>
  on(name: EventName, listener: (data: unknown) => void): () => void
  /** Tells when the host stops or starts to answer. Never called where the host cannot go away by itself. */
  onConnection(listener: (connected: boolean) => void): () => void
  /** Where files lie on disk; undefined where the host cannot know and `upload` sends their bytes. */
  pathsOf?(files: readonly File[]): readonly string[]
  upload?(key: string, files: readonly Blob[]): Promise<void>
}
