// An output with typed arrays as one binary body: u32 length of a JSON header, the header, then each array at a
// multiple of eight bytes, so that the reader makes views instead of copies. Little-endian, like every machine we run on.
//
// Typed arrays stand at the top level of an output. They are listed beside the value rather than marked inside it, so
// that nothing a trace contains can be mistaken for one.

const arrayTypes = {
  Float64Array,
  Uint32Array,
  Int32Array,
  Uint16Array,
  Uint8Array,
} as const
type ArrayType = keyof typeof arrayTypes
type WireArray = InstanceType<(typeof arrayTypes)[ArrayType]>

interface Header {
  readonly value: Record<string, unknown>
  readonly arrays: readonly { readonly key: string; readonly type: ArrayType; readonly length: number }[]
}

/** Whether this output needs a binary body. */
export function hasArrays(output: unknown): output is Record<string, unknown> {
  return typeof output === 'object' && output !== null && Object.values(output).some(isWireArray)
}

/** `encodeText` is UTF-8 (`TextEncoder`): shared code knows neither DOM nor Node. */
export function encodeBody(output: Record<string, unknown>, encodeText: (text: string) => Uint8Array): Uint8Array {
  const arrays = Object.entries(output).filter((entry): entry is [string, WireArray] => isWireArray(entry[1]))
  const header: Header = {
    value: Object.fromEntries(Object.entries(output).filter(([, value]) => !isWireArray(value))),
    arrays: arrays.map(([key, array]) => ({ key, type: typeOf(array)!, length: array.length })),
  }
  const json = encodeText(JSON.stringify(header))
  const start = aligned(4 + json.length)
  const body = new Uint8Array(arrays.reduce((size, [, array]) => size + aligned(array.byteLength), start))
  new DataView(body.buffer).setUint32(0, json.length, true)
  body.set(json, 4)
  let at = start
  for (const [, array] of arrays) {
    body.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at)
    at += aligned(array.byteLength)
  }
  return body
}

/** Throws a RangeError or SyntaxError on a body that is not one of ours. */
export function decodeBody(body: ArrayBuffer, decodeText: (bytes: Uint8Array) => string): Record<string, unknown> {
  const length = new DataView(body).getUint32(0, true)
  const header: Header = JSON.parse(decodeText(new Uint8Array(body, 4, length)))
  const output: Record<string, unknown> = { ...header.value }
  let at = aligned(4 + length)
  for (const { key, type, length: count } of header.arrays) {
    const make = arrayTypes[type]
    output[key] = new make(body, at, count)
    at += aligned(count * make.BYTES_PER_ELEMENT)
  }
  return output
}

function isWireArray(value: unknown): value is WireArray {
  return typeOf(value) !== undefined
}

function typeOf(value: unknown): ArrayType | undefined {
  if (value instanceof Float64Array) return 'Float64Array'
  if (value instanceof Uint32Array) return 'Uint32Array'
  if (value instanceof Int32Array) return 'Int32Array'
  if (value instanceof Uint16Array) return 'Uint16Array'
  return value instanceof Uint8Array ? 'Uint8Array' : undefined
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / 8) * 8
}
