import { normalizeId } from '../../../shared/domain/ids.ts'
import type { RawSpan } from '../../../shared/domain/raw-span.ts'

/**
 * Logfire sends a placeholder when a span starts: a span of its own, whose parent is the real span and which names the
 * real parent. It is read as what it is, a word about the real span: that one's own record wins, and where it never came
 * there is an unfinished span in its place. Spans are named by templates; the message is the template filled in.
 */
export function asLogfire(raw: RawSpan): RawSpan {
  const type = raw.attributes['logfire.span_type']
  if (type === undefined) return raw
  const message = raw.attributes['logfire.msg']
  const isTemplate = raw.name.includes('{') || raw.name === raw.attributes['logfire.msg_template']
  const name = isTemplate && typeof message === 'string' && message.trim() !== '' ? message : raw.name
  if (type !== 'pending_span' || raw.parentId === undefined) return name === raw.name ? raw : { ...raw, name }
  const { parentId, end: _end, duration: _duration, ...rest } = raw
  const written = raw.attributes['logfire.pending_parent_id']
  const parent = typeof written === 'string' ? normalizeId(written) : undefined
  return {
    ...rest,
    name,
    spanId: parentId,
    ...(parent === undefined || parent === parentId ? {} : { parentId: parent }),
    marks: [...raw.marks.filter(mark => mark !== 'negative-duration'), 'unfinished'],
    fragment: true,
  }
}
