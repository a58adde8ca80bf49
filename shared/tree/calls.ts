import { spanKinds } from '../domain/kind.ts'

/** Spans of one trace in reading order (parents before children, a span's descendants one contiguous range). */
export interface CallInput {
  /** How many spans, where the arrays are longer scratch buffers. */
  readonly count?: number
  /** Index of the last descendant; the span's own index on a leaf. */
  readonly last: ArrayLike<number>
  /** Index into spanKinds. */
  readonly kind: ArrayLike<number>
  /** Tokens, NaN when unknown. */
  readonly input: ArrayLike<number>
  readonly output: ArrayLike<number>
  /** Any number that stands for the provider's response id; 0 is none. */
  readonly responseId: ArrayLike<number>
}

export interface CallCount {
  /** 0 counts nothing, 1 a call, 2 other usage that counts: an embedding's, or an agent's with no call below. */
  readonly counted: Uint8Array
  /** 1 where the span repeats what spans below it say. */
  readonly restated: Uint8Array
}

const generation = spanKinds.indexOf('generation')
const embedding = spanKinds.indexOf('embedding')

/**
 * Counts every model call once, although wrappers restate their children.
 *
 * A call is a generation that restates no call below it: no equal response id, and no usage equal to the sum of the
 * calls below or to one of them. A generation inside a generation with usage of its own is two calls; without any usage
 * and response id of its own it is a wrapper. Usage on any other span counts only where no call is below it. One pass
 * from the end: everything below a span is settled before the span is asked, and a subtree's sum is a difference of
 * running sums, so a chain 100,000 deep costs no more than a flat trace.
 */
export function countCalls(spans: CallInput): CallCount {
  const n = spans.count ?? spans.kind.length
  const counted = new Uint8Array(n)
  const restated = new Uint8Array(n)
  const calls = new Below(n)
  const embeddings = new Below(n)
  const others = new Below(n)

  for (let i = n - 1; i >= 0; i--) {
    const last = Math.min(Math.max(spans.last[i]!, i), n - 1)
    const input = spans.input[i]!
    const output = spans.output[i]!
    const id = spans.responseId[i]!
    const hasUsage = !Number.isNaN(input) || !Number.isNaN(output)
    const kind = spans.kind[i]

    if (kind === generation) {
      const below = calls.count(i, last)
      const wraps = below > 0 && (hasUsage || id !== 0 ? calls.restates(i, last, input, output, id) : true)
      if (wraps) restated[i] = hasUsage || id !== 0 ? 1 : 0
      else counted[i] = 1
    } else if (hasUsage) {
      const sort = kind === embedding ? embeddings : calls
      const repeats =
        sort.restates(i, last, input, output, id) ||
        (kind !== embedding &&
          (calls.count(i, last) > 0 || others.count(i, last) > 0 || embeddings.restates(i, last, input, output, id)))
      if (repeats) restated[i] = 1
      else counted[i] = 2
    }

    calls.settle(i, counted[i] === 1, input, output, id)
    embeddings.settle(i, counted[i] === 2 && kind === embedding, input, output, id)
    others.settle(i, counted[i] === 2 && kind !== embedding, input, output, id)
  }
  return { counted, restated }
}

/** What counts among the spans after a given one, asked for ranges that start right after it. */
class Below {
  /** Running sums from the end: entry i is over all spans from i on. */
  private readonly counts: Uint32Array
  private readonly inputs: Float64Array
  private readonly outputs: Float64Array
  /** First index from here on that has this usage, or this response id. */
  private readonly byUsage = new Map<string, number>()
  private readonly byId = new Map<number, number>()

  constructor(n: number) {
    this.counts = new Uint32Array(n + 1)
    this.inputs = new Float64Array(n + 1)
    this.outputs = new Float64Array(n + 1)
  }

  settle(i: number, counts: boolean, input: number, output: number, id: number): void {
    this.counts[i] = this.counts[i + 1]! + (counts ? 1 : 0)
    this.inputs[i] = this.inputs[i + 1]! + (counts ? input || 0 : 0)
    this.outputs[i] = this.outputs[i + 1]! + (counts ? output || 0 : 0)
    if (!counts) return
    this.byUsage.set(`${input},${output}`, i)
    if (id !== 0) this.byId.set(id, i)
  }

  count(i: number, last: number): number {
    return this.counts[i + 1]! - this.counts[last + 1]!
  }

  restates(i: number, last: number, input: number, output: number, id: number): boolean {
    if (this.count(i, last) === 0) return false
    if (id !== 0 && (this.byId.get(id) ?? Infinity) <= last) return true
    if (Number.isNaN(input) && Number.isNaN(output)) return false
    if ((this.byUsage.get(`${input},${output}`) ?? Infinity) <= last) return true
    const sumOfInputs = this.inputs[i + 1]! - this.inputs[last + 1]!
    const sumOfOutputs = this.outputs[i + 1]! - this.outputs[last + 1]!
    // A side the wrapper does not tell cannot disagree.
    return (Number.isNaN(input) || input === sumOfInputs) && (Number.isNaN(output) || output === sumOfOutputs)
  }
}
