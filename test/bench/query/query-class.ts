import type { Random } from '../../helpers/random.ts'
import type { OpenStore } from '../../helpers/open-store.ts'

/** Questions of one sort, each another; a person waits for every one of them. */
export interface QueryClass {
  readonly name: string
  /** 95 of 100 are answered within so many milliseconds. */
  readonly goal?: number
  /** Questions asked before any is measured; 10 where nothing is said. */
  readonly warm?: number
  /** Questions measured; 200 where nothing is said. */
  readonly asks?: number
  /** What the questions are made of: asked once, before the first. */
  prepare?(store: OpenStore): Promise<void>
  /** The n-th question. Answers how much was found, so that a class that finds nothing shows. */
  ask(store: OpenStore, random: Random, n: number): Promise<number>
}

/** Milliseconds of the questions of a class. */
export interface QueryRow {
  readonly name: string
  readonly goal?: number
  readonly asks: number
  readonly p50: number
  readonly p95: number
  readonly most: number
  /** Mean of what was found. */
  readonly found: number
}
