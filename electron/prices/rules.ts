declare const pricesHash: string | undefined

/** Names the code by which this build computes costs, put in by the build: what another one computed is computed again. */
export const priceRules: string = typeof pricesHash === 'string' ? pricesHash : 'from source'
