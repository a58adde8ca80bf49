// The wire format of protobuf: one field after another. https://protobuf.dev/programming-guides/encoding/

// The field read last. Its bytes are from `from` to `to`, or it is the number `value`.
export let tag: u32 = 0
export let value: u64 = 0
export let from: usize = 0
export let to: usize = 0

/** Reads the field at p. Returns what follows it; 0 when it is broken or reaches past `end` (then `to` says how far). */
export function field(p: usize, end: usize): usize {
  to = 0
  p = varint(p, end)
  if (p == 0 || value > 0xffff_ffff || value < 8) return 0
  tag = <u32>value
  const wire = tag & 7
  if (wire == 0) return varint(p, end)
  from = p
  if (wire == 2) {
    p = varint(p, end)
    if (p == 0 || value > 0x7fff_ffff) return 0
    from = p
    to = p + <usize>value
  } else if (wire == 1) {
    to = p + 8
    if (to <= end) value = load<u64>(p)
  } else if (wire == 5) {
    to = p + 4
    if (to <= end) value = load<u32>(p)
  } else return 0
  return to <= end ? to : 0
}

function varint(p: usize, end: usize): usize {
  let result: u64 = 0
  let shift: u64 = 0
  while (p < end) {
    const byte = <u64>load<u8>(p++)
    result |= (byte & 127) << shift
    if (byte < 128) {
      value = result
      return p
    }
    shift += 7
    if (shift > 63) return 0
  }
  return 0
}
