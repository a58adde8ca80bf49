export const slotTypes = ['text', 'word', 'number', 'date', 'id', 'name', 'json', 'list', 'document'] as const
export type SlotType = (typeof slotTypes)[number]

const tests: readonly (readonly [SlotType, RegExp])[] = [
  [
    'date',
    /^(?:\d{4}-\d\d-\d\d(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?|\d\d?[/.]\d\d?[/.]\d{2,4}|\d\d?:\d\d(?::\d\d)?|(?:\d\d? )?[A-Z][a-zé]{2,9}\.?(?: \d\d?,?)? \d{4})$/,
  ],
  ['number', /^[-+]?[$€£]?\d[\d,.' ]*%?(?: ?[A-Za-z€$]{1,4})?$/],
  ['id', /^(?=[^\s]*\d)[A-Za-z0-9]+(?:[-_:#/.][A-Za-z0-9]+)*$|^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i],
  ['word', /^[\p{Ll}\p{Lo}\p{M}_-]+$/u],
  ['name', /^\p{Lu}[\p{L}\p{M}'’.-]*(?: (?:\p{Lu}[\p{L}\p{M}'’.-]*|de|van|von|der|la|al|bin))*$/u],
  ['list', /^(?:\s*(?:[-*•]|\d+[.)]) .*(?:\n|$)){2,}|^[^\n]{1,60}(?:, [^\n,]{1,60}){2,}$/],
]

/** Most values say what they are: nine of ten. */
const most = 0.9

/** What a slot holds, from what it held. */
export function typeOfValues(values: readonly string[]): SlotType {
  const known = values.map(value => value.trim()).filter(value => value !== '')
  if (known.length === 0) return 'text'
  const share = (test: (value: string) => boolean) => known.filter(test).length / known.length
  if (share(looksLikeJson) >= most) return 'json'
  for (const [type, pattern] of tests)
    if (share(value => value.length <= 2000 && pattern.test(value)) >= most) return type
  return share(value => value.includes('\n') || value.length > 300) >= 0.5 ? 'document' : 'text'
}

function looksLikeJson(value: string): boolean {
  return (value.startsWith('{') && value.endsWith('}')) || (value.startsWith('[') && value.endsWith(']'))
}

/** What stands right before a value mostly says what it is: "Customer: ", "<order_id>", "## Document". */
export function slotName(before: string, type: SlotType): string {
  const own = before.split('\n').at(-1) ?? ''
  const line = own.trim() === '' ? (before.trimEnd().split('\n').at(-1) ?? '') : own
  const label =
    /<([\p{L}_][\p{L}\p{N}_-]*)[^<>]*>\s*$/u.exec(line)?.[1] ??
    /([\p{L}][\p{L}\p{N}_ -]{0,39}?)["'*`]*\s*[:=]\s*["'*`([]*$/u.exec(line)?.[1] ??
    (own.trim() === '' ? /^#+\s*(\p{L}[\p{L}\p{N} _-]{0,39})/u.exec(line)?.[1] : undefined)
  const words = label
    ?.trim()
    .toLowerCase()
    .split(/[\s-]+/u)
    .slice(-4)
    .join('_')
  return words || (type === 'text' || type === 'word' ? 'value' : type)
}
