/** A metric's number of each call of one version. Numbers that are not finite are unknown: left out and counted. */
export interface Sample {
  readonly values: ArrayLike<number>
  /**
   * What each value is a part of: input tokens beside cached ones. The mean is then the share of the sums; what is a part of
   * nothing is unknown. Absent: one each. Only means look at it.
   */
  readonly of?: ArrayLike<number>
  /**
   * What calls have in common: their session, or their user. Calls of one cluster tell less than as many of different ones.
   * Any numbers; a call without one (not finite) stands for itself. Absent: every call stands for itself.
   */
  readonly clusters?: ArrayLike<number>
}

/** A sample's known values. */
export interface Known {
  readonly values: Float64Array
  readonly of?: Float64Array
  readonly clusters?: Clusters
  readonly unknown: number
}

export interface Clusters {
  /** Of each value, from 0. */
  readonly of: Uint32Array
  readonly count: number
}

export function knownOf({ values, of, clusters }: Sample, isValid: (value: number) => boolean = () => true): Known {
  const kept = new Uint32Array(values.length)
  let n = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    const isKnown = Number.isFinite(value) && isValid(value) && (!of || (Number.isFinite(of[i]) && of[i]! > 0))
    if (isKnown) kept[n++] = i
  }
  const at = kept.subarray(0, n)
  return {
    values: taken(values, at),
    ...(of && { of: taken(of, at) }),
    ...(clusters && { clusters: numbered(clusters, at) }),
    unknown: values.length - n,
  }
}

/** As a sample of which each value stands for itself. */
export function withoutOf({ values, clusters }: Sample): Sample {
  return { values, ...(clusters && { clusters }) }
}

function taken(values: ArrayLike<number>, at: Uint32Array): Float64Array {
  const found = new Float64Array(at.length)
  for (let k = 0; k < at.length; k++) found[k] = values[at[k]!]!
  return found
}

function numbered(clusters: ArrayLike<number>, at: Uint32Array): Clusters {
  const numbers = new Map<number, number>()
  const of = new Uint32Array(at.length)
  let count = 0
  for (let k = 0; k < at.length; k++) {
    const id = clusters[at[k]!]
    if (id === undefined || !Number.isFinite(id)) {
      of[k] = count++
      continue
    }
    let number = numbers.get(id)
    if (number === undefined) numbers.set(id, (number = count++))
    of[k] = number
  }
  return { of, count }
}
