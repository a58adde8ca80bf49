/**
 * Every text of an import passes here, once, before it is parsed, hashed or stored: skeletons of records (their short
 * strings in place) and texts that were cut out of them. Whatever must never reach the store is taken out here.
 *
 * `memory[start, end)` is UTF-8. Answers what to use instead, or undefined to leave it as it is. `json` says that the text
 * is JSON and must stay JSON; otherwise it is the plain text of one string, or of one element of an embedded array.
 */
export type TextGate = (memory: Buffer, start: number, end: number, json: boolean) => Buffer | undefined

export const textGate: TextGate = () => undefined
