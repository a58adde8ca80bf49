// Verdicts that Phoenix and OpenInference write on spans: `evaluations.N.evaluation.*`, `annotations.N.annotation.*`, and
// the same under `trace.` and `session.` (read as scores of the span that carries them).

import type { RawSpan } from '../domain/raw-span.ts'
import type { Score } from '../domain/message.ts'
import type { Convention, Facts, Reading } from './convention.ts'
import { readScore } from './scores.ts'
import { unflatten } from './unflatten.ts'

const roots = ['', 'trace.', 'session.'].flatMap(whose => [`${whose}evaluations`, `${whose}annotations`])

function facts(span: RawSpan, reading: Reading<Facts>): void {
  const tree = unflatten(span.attributes, roots)
  const scores: Score[] = []
  for (const root of roots) {
    const word = root.endsWith('evaluations') ? 'evaluation' : 'annotation'
    for (const place of tree.list(...root.split('.'))) {
      const name = place.label(word, 'name')
      const score = name === undefined ? undefined : readScore(name, place.json(word))
      if (score) scores.push(score)
    }
  }
  if (scores.length > 0) reading.take('scores', scores, 'annotations')
}

export const openInferenceAnnotations: Convention = {
  id: 'openinference-annotations',
  label: 'OpenInference annotations',
  precedence: 2,
  prefixes: roots.map(root => `${root}.`),
  names: roots,
  reads: roots.flatMap(root => [root, `${root}.*`]),
  facts,
  content: () => {},
}
