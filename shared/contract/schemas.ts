import * as z from 'zod'

// Schemas that several namespaces share. zod's compiled validators need eval, which the page forbids.
z.config({ jitless: true })

export { z }

/** Row id of a trace, a span or an import in the open store. */
export const rowId = z.int().nonnegative()
export const nothing = z.strictObject({})
export const done = z.strictObject({})

export const float64 = z.instanceof(Float64Array)
export const uint32 = z.instanceof(Uint32Array)
export const uint16 = z.instanceof(Uint16Array)
export const uint8 = z.instanceof(Uint8Array)
