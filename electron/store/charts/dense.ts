/** Calls that may lie outside, of a hundred. */
const outsiders = 1
/** Of the whole time, what is called a small part. */
const smallPart = 1 / 10
/** Fewer calls lie nowhere together. */
const fewCalls = 4
/** Fewer buckets are seen whatever lies between them. */
const fewBuckets = 20

/** The shortest run of buckets that has nearly all calls, where it is a small part of all; nothing where it is not. */
export function denseOf(
  starts: Float64Array,
  calls: Float64Array,
): { readonly dense?: { readonly from: number; readonly to: number; readonly outside: number } } {
  const buckets = calls.length
  if (buckets <= fewBuckets) return {}
  const all = calls.reduce((sum, one) => sum + one, 0)
  const needed = all - Math.max(1, Math.floor((all * outsiders) / 100))
  let best = { from: 0, to: buckets, held: all }
  for (let from = 0, to = 0, held = 0; from < buckets; from++) {
    while (to < buckets && held < needed) held += calls[to++]!
    if (held < needed) break
    if (to - from < best.to - best.from) best = { from, to, held }
    held -= calls[from]!
  }
  if (needed < fewCalls || best.held === all || best.to - best.from > buckets * smallPart) return {}
  return { dense: { from: starts[best.from]!, to: starts[best.to]!, outside: all - best.held } }
}
