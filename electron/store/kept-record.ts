// How a record is kept: its own JSON, with long strings moved out into bodies that are stored once.
//
// In a kept text every string that starts with U+0000 is a reference:
//   "\u0000" + id                       the string is that body
//   "\u0000[" + sep + id,id,id          the string was "[" + bodies joined by sep + "]", sep being "," or ", "
// Strings of the file that themselves start with U+0000 are always moved out, whatever their length, so that the two
// never mix. Keys follow the same rule. Numbers that a double cannot hold are kept with their own digits.

export const referenceMark = '\u0000'

export interface BodyReference {
  readonly ids: readonly number[]
  /** Absent for a single body. */
  readonly separator?: ',' | ', '
}

export function parseReference(text: string): BodyReference {
  if (text[1] !== '[') return { ids: [Number(text.slice(1))] }
  const spaced = text[3] === ' '
  return {
    separator: spaced ? ', ' : ',',
    ids: text
      .slice(spaced ? 4 : 3)
      .split(',')
      .map(Number),
  }
}

export function printReference(ref: BodyReference): string {
  if (ref.separator === undefined) return referenceMark + String(ref.ids[0])
  return `${referenceMark}[${ref.separator}${ref.ids.join(',')}`
}
