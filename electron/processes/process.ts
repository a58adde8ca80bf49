import type { Emit } from '../../shared/contract/index.ts'
import type { CancelSignal } from '../../shared/contract/index.ts'
import type { Port } from '../rpc/channel.ts'

/**
 * *engine*: the contract and short reads. *import*: parses and writes. *reader*: queries without a bound, killed to cancel.
 * *indexer*: builds the search index. *prompts*: recovers prompts. *net*: sends what a person sends.
 */
export type ProcessName = 'engine' | 'import' | 'reader' | 'indexer' | 'prompts' | 'net'

/** A started process as its host holds it. */
export interface Child {
  readonly port: Port
  kill(): void
}

/** Starts a process; each host has its own way (hosts/). */
export type Fork = (name: ProcessName) => Child

/** What a process is told first. */
export interface Opening {
  readonly storePath: string
  /** Makes the store where there is none, and brings it up to date. */
  readonly create?: boolean
  /** The bundled sample, where the host found it. */
  readonly samplePath?: string
  /** Where a person's own prices lie. */
  readonly priceFolder?: string
  /** The ledger of what is sent; absent: nothing is. */
  readonly ledger?: string
}

/** What a process does, apart from how it was started. */
export type Role = (opening: Opening, emit: Emit) => Promise<Service> | Service

export interface Service {
  /** By request name: the part of the contract this process answers, and what only its host may ask. */
  readonly answers: Answers
  /** Further answers. Their code is loaded, one after another, when something is first asked that those before do not answer. */
  readonly more?: readonly (() => Promise<Answers>)[]
  /** Finishes what must not be cut and lets go of the store. */
  close(): Promise<void> | void
}

export interface Answers {
  readonly [name: string]: Answerer
}

// Inputs were validated by dispatch before they came here; each answerer states the type it was validated to.
// oxlint-disable-next-line typescript/no-explicit-any
export type Answerer = (input: any, signal: CancelSignal) => unknown

/** Requests every process answers beside its own. */
export const openRequest = 'process.open'
export const closeRequest = 'process.close'
