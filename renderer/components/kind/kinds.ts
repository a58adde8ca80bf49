import {
  Bot,
  Boxes,
  Brain,
  CircleDashed,
  FileSearch,
  Gauge,
  ListOrdered,
  ListTree,
  ScrollText,
  ShieldCheck,
  Sparkles,
  Workflow,
  Wrench,
  type LucideIcon,
} from 'lucide-react'
import type { SpanKind } from '../../../shared/domain/kind.ts'

/** Icon and colour of each kind of span. Nothing is told by colour alone: a kind always has its icon or its word. */
export const kindIcons: Readonly<Record<SpanKind, LucideIcon>> = {
  generation: Sparkles,
  embedding: Boxes,
  retrieval: FileSearch,
  reranker: ListOrdered,
  tool: Wrench,
  agent: Bot,
  workflow: Workflow,
  chain: ListTree,
  guardrail: ShieldCheck,
  evaluator: Gauge,
  prompt: ScrollText,
  memory: Brain,
  other: CircleDashed,
}

export function kindColor(kind: SpanKind): string {
  return `var(--kind-${kind})`
}
