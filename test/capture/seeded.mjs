/** Chance with a fixed seed, so that a second run writes the same file. */

/** mulberry32: 32 bits of state are plenty for a sample, and it fits in five lines. */
export function seeded(seed) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const between = (low, high) => low + (high - low) * next()
  return {
    next,
    between,
    whole: (low, high) => Math.floor(between(low, high + 1)),
    pick: list => list[Math.floor(next() * list.length)],
    /** The sum of twelve uniforms less six: near enough to normal, and never far out. */
    normal: (mean, deviation) => mean + deviation * (Array.from({ length: 12 }, next).reduce((a, b) => a + b, 0) - 6),
    hex: bytes =>
      Array.from({ length: bytes }, () =>
        Math.floor(next() * 256)
          .toString(16)
          .padStart(2, '0'),
      ).join(''),
    token: length => Array.from({ length }, () => 'abcdefghijkmnpqrstuvwxyz23456789'[Math.floor(next() * 32)]).join(''),
  }
}

/** Trace and span ids for the OpenTelemetry SDK. */
export function idGenerator(seed) {
  const chance = seeded(seed)
  return { generateTraceId: () => chance.hex(16), generateSpanId: () => chance.hex(8) }
}

/**
 * Numbers with two decimals around a mean, whose own mean is exactly that mean.
 * The planted effect is then a fact of the file rather than an expectation.
 */
export function scoresWithMean(chance, count, mean, deviation) {
  const cents = Array.from({ length: count }, () =>
    Math.round(100 * Math.min(0.97, Math.max(0.2, chance.normal(mean, deviation)))),
  )
  let missing = Math.round(mean * 100 * count) - cents.reduce((a, b) => a + b, 0)
  for (let i = 0; missing !== 0; i = (i + 1) % count) {
    const step = Math.sign(missing)
    if (cents[i] + step > 98 || cents[i] + step < 15) continue
    cents[i] += step
    missing -= step
  }
  return cents.map(cent => cent / 100)
}
