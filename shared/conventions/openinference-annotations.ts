// Verdicts that Phoenix and OpenInference write on spans: `evaluations.N.evaluation.*`, `annotations.N.annotation.*`, and
// the same under `trace.` and `session.` (read as scores of the span that carries them).

import type { JsonValue } from '../domain/json.ts'
import type { RawSpan } from '../domain/raw-span.ts'
import type { Score } from '../domain/message.ts'
import type { Convention, Facts, Reading } from './convention.ts'
import { readScore } from './scores.ts'
import { unflatten } from './unflatten.ts'
import { isObject } from './values.ts'

const roots = ['', 'trace.', 'session.'].flatMap(whose => [`${whose}evaluations`, `${whose}annotations`])

function facts(span: RawSpan, reading: Reading<Facts>): void {
  const tree = unflatten(span.attributes, roots)
  const scores: Score[] = []
  for (const root of roots) {
    const word = root.endsWith('evaluations') ? 'evaluation' : 'annotation'
    for (const place of tree.list(...root.split('.'))) {
      const at = place.at(word) ?? place
      const name = at.label('name')
      const score = name === undefined ? undefined : readScore(name, verdictOf(at.json()))
      if (score) scores.push(score)
    }
  }
  if (scores.length > 0) reading.take('scores', scores, 'annotations')
}

/** Phoenix's own rows hold the verdict in `result`. */
function verdictOf(value: JsonValue | undefined): JsonValue | undefined {
  if (!isObject(value) || !isObject(value['result'])) return value
  return { annotator_kind: value['annotator_kind'] ?? null, ...value['result'] }
}

export const openInferenceAnnotations: Convention = {
  id: 'openinference-annotations',
  label: 'OpenInference annotations',
  precedence: 2,
  prefixes: roots.map(root => `${root}.`),
  names: roots,
  reads: roots.flatMap(root => [root, `${root}.*`]),
  // Which of several verdicts of a name it is, and what else its author said: our scores have no place for either.
  keeps: roots.flatMap(root => ['identifier', 'metadata'].map(leaf => `${root}.*.${leaf}`)),
  facts,
  content: () => {},
}
