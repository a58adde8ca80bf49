/** What a call sent and got back, message by message: a hash of the content, and whether it is an instruction. */
export interface Said {
  /** Of the messages sent. */
  readonly sent: readonly string[]
  readonly answered: readonly string[]
  /** 1 for a message sent that is an instruction. */
  readonly instruction: Uint8Array
}

export interface Repeats {
  /** 1 for a message sent that the earlier call sent or got back. */
  readonly same: Uint8Array<ArrayBuffer>
  /** How many of those are no instructions. */
  readonly count: number
  /** Messages of the earlier call that are not sent any more: a history was cut or summed up. */
  readonly gone: number
}

/**
 * Which messages of a call an earlier one already had. Histories grow at their end, so what is alike from the start comes
 * first; then each message is looked for behind the last one found. Order counts: "yes" said again is new.
 */
export function repeatsOf(call: Said, earlier: Said): Repeats {
  const same = new Uint8Array(call.sent.length)
  const instructions = new Set(earlier.sent.filter((_, i) => earlier.instruction[i] === 1))
  const before = [...earlier.sent.filter((_, i) => earlier.instruction[i] !== 1), ...earlier.answered]
  const places = placesOf(before)
  let next = 0
  let count = 0
  for (const [i, hash] of call.sent.entries()) {
    if (call.instruction[i] === 1) {
      same[i] = instructions.has(hash) ? 1 : 0
      continue
    }
    const of = places.get(hash) ?? []
    while (of.length > 0 && of.at(-1)! < next) of.pop()
    const at = of.pop()
    if (at === undefined) continue
    same[i] = 1
    count++
    next = at + 1
  }
  const lastSent = before.length - earlier.answered.length
  // An answer that is not sent back was not taken out of a history.
  const found = new Set(call.sent)
  const gone = before.slice(0, lastSent).filter(hash => !found.has(hash)).length
  return { same, count, gone: count === 0 ? 0 : gone }
}

/** Where each content stands, the first place last. */
function placesOf(hashes: readonly string[]): Map<string, number[]> {
  const places = new Map<string, number[]>()
  for (let i = hashes.length - 1; i >= 0; i--) {
    const known = places.get(hashes[i]!)
    if (known) known.push(i)
    else places.set(hashes[i]!, [i])
  }
  return places
}
