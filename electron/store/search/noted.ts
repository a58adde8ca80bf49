import type { NameMatch } from '../../../shared/query/name-match.ts'
import type { Builder } from './statement.ts'

// What persons and other systems say of traces and spans, as conditions. What is said of a trace or of its session holds
// for each of its spans: whoever tags a trace and asks for its calls means them.

/** SQL of the ids of spans that a star, or a tag, stands on. */
export function spansNoted(match: NameMatch | 'star' | 'any tag', builder: Builder): string {
  const word =
    match === 'star'
      ? "n.word = ''"
      : match === 'any tag'
        ? "n.word <> ''"
        : `n.word IN (SELECT word FROM note WHERE word <> '' AND matches(${builder.bind(JSON.stringify(match))}, word))`
  return spansSaid('note n', 'n', word)
}

/** SQL of the ids of spans about which a person wrote something, or this. */
export function spansRemarked(match: NameMatch | undefined, builder: Builder): string {
  return spansSaid('remark r', 'r', match ? `matches(${builder.bind(JSON.stringify(match))}, r.text)` : '1')
}

/** SQL of the ids of spans that a score from elsewhere speaks of; `test` is about its columns. */
export function spansScored(test: string): string {
  return `${spansSaid('given_score g', 'g', `g.trace <> '' AND ${test}`)} UNION ALL
    SELECT p.id FROM (SELECT DISTINCT session FROM given_score WHERE session <> '' AND ${test}) d
    JOIN name ON name.s = d.session JOIN trace t ON t.session = name.id
    JOIN span_run run ON run.trace = t.id
    CROSS JOIN span p ON p.id >= run.first AND p.id < run.first + run.n AND p.trace = run.trace`
}

/** Only traces about which anything is said are looked through. */
function spansSaid(from: string, row: string, test: string): string {
  return `SELECT p.id FROM (SELECT DISTINCT trace FROM ${from} WHERE ${test}) d JOIN trace t ON t.key = d.trace
    JOIN span_run run ON run.trace = t.id
    CROSS JOIN span p ON p.id >= run.first AND p.id < run.first + run.n AND p.trace = run.trace
    WHERE EXISTS (SELECT 1 FROM ${from} WHERE ${row}.trace = t.key AND ${row}.span IN (0, p.tag) AND ${test})`
}
