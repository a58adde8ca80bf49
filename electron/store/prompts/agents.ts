import { spanKinds } from '../../../shared/domain/kind.ts'
import type { Store } from '../open.ts'

export interface AgentSpan {
  readonly pre: number
  readonly last: number
  readonly name: string
}

/** The agents of a trace, in reading order. */
export function agentsOf(store: Store, trace: number): AgentSpan[] {
  return store.query<[number, number], AgentSpan>('prompt-agents').all(trace, spanKinds.indexOf('agent'))
}

/** The nearest of them around a span that stands at `pre`. */
export function nearestAgent(agents: readonly AgentSpan[], pre: number): string | undefined {
  return agents.findLast(agent => agent.pre < pre && agent.last >= pre)?.name.replace(/^invoke_agent /, '')
}
