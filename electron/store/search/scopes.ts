import type { Scope } from '../../../shared/query/ast.ts'
import type { Builder } from './statement.ts'

// Structure clauses. A span's descendants are those of its trace whose `pre` lies in pre + 1 … last, so that a question
// about its surroundings is a question about ranges. The spans that satisfy the inner clause go into a table of their own,
// by place (depth is 0 where it does not matter); each span outside then costs one look-up, whatever the size of its trace.

/** SQL that is true of a span `s` in whose surroundings some span satisfies `test`. */
export function scopeTest(scope: Exclude<Scope, 'trace'>, test: string, builder: Builder): string {
  if (scope === 'ancestor') return ancestorTest(test, builder)
  if (scope === 'descendant') {
    const found = builder.places(`SELECT trace, 0, pre, last FROM span s WHERE ${test}`)
    return `EXISTS (SELECT 1 FROM ${found} f WHERE f.trace = s.trace AND f.depth = 0 AND f.pre > s.pre AND f.pre <= s.last)`
  }
  const those = scope === 'root' ? `s.depth = 0 AND (${test})` : test
  const found = builder.places(`SELECT trace, depth, pre, last FROM span s WHERE ${those}`)
  const there = `SELECT 1 FROM ${found} f WHERE f.trace = s.trace`
  if (scope === 'child') return `EXISTS (${there} AND f.depth = s.depth + 1 AND f.pre > s.pre AND f.pre <= s.last)`
  // Spans of one depth have separate ranges: only the nearest before can hold this one.
  const place = scope === 'root' ? 'f.depth = 0 AND f.pre <= s.pre' : 'f.depth = s.depth - 1 AND f.pre < s.pre'
  return nearest(found, place)
}

/** Ranges lie inside one another or apart: of those that satisfy the clause the outermost are enough. */
function ancestorTest(test: string, builder: Builder): string {
  const found = builder.places(`SELECT trace, 0, pre, last FROM (
      SELECT trace, pre, last, max(last) OVER (
        PARTITION BY trace ORDER BY pre ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reach
      FROM span s WHERE ${test}
    ) WHERE reach IS NULL OR reach < pre`)
  return nearest(found, 'f.depth = 0 AND f.pre < s.pre')
}

function nearest(found: string, place: string): string {
  return `(SELECT f.last FROM ${found} f WHERE f.trace = s.trace AND ${place} ORDER BY f.pre DESC LIMIT 1) >= s.pre`
}
