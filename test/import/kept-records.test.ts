import { expect, test } from 'vitest'
import { KeptRecords, type KeptText } from '../../electron/import/kept-records.ts'
import { mergeRaw, mergeRecords } from '../../electron/import/merge-raw.ts'
import { readFacts } from '../../shared/conventions/index.ts'
import type { RawSpan } from '../../shared/domain/raw-span.ts'

const lines = 8000
/** Lines of one message come in any order of their times; one is repeated, and one prompt came before them. */
function linesOfOneMessage(orderOf: (i: number) => number): { records: KeptText[]; reads: () => number } {
  let reads = 0
  const records = Array.from({ length: lines }, (_, i): KeptText => {
    const at = i === 7 ? 6 : orderOf(i)
    const line = {
      type: i === 0 ? 'user' : 'assistant',
      uuid: `line ${at}`,
      sessionId: 's',
      gitBranch: at < 5 ? 'main' : 'fix',
      timestamp: new Date(1_780_000_000_000 + at).toISOString(),
      message:
        i === 0
          ? { role: 'user', content: 'go on' }
          : {
              id: 'msg',
              role: 'assistant',
              model: 'claude-opus-4-5',
              content: [{ type: 'text', text: `${at} `.padEnd(400, 'of a long answer ') }],
              usage: { input_tokens: 5, output_tokens: at },
            },
    }
    return {
      format: 'claude-code',
      context: JSON.stringify({ trace: 't', role: i === 0 ? 'input' : 'response', span: 'msg' }),
      get record() {
        reads++
        return JSON.stringify(line)
      },
    }
  })
  return { records, reads: () => reads }
}

function plain({ events, ...span }: RawSpan) {
  return { ...span, events: events.map(({ name, time, attributes }) => ({ name, time, attributes })) }
}

test.each([
  ['as they were written', (i: number) => i],
  ['backwards', (i: number) => lines - i],
  ['mixed', (i: number) => (i * 7919) % lines],
])('records that are too many to be held say the same together, %s', (_, orderOf) => {
  const { records } = linesOfOneMessage(orderOf)
  const held = records.map(record => new KeptRecords([record], 'texts in place').read(0)!)
  const told: string[] = []
  const whole = mergeRaw(held, ({ field }) => told.push(field))
  const late = mergeRecords(new KeptRecords(records, 'texts in place'))!
  expect(plain(late.span)).toEqual(plain(whole))
  expect(late.disagreements.map(({ field }) => field)).toEqual(told)
  expect(late.span.events.length).toBe(lines - 1)
  expect(readFacts(late.span)).toEqual(readFacts(whole))
  expect(readFacts(late.span).facts.usage?.output).toBe(Math.max(...records.map((_, i) => (i === 0 ? 0 : orderOf(i)))))
})

test('of many records each is read a few times, not once for every other', () => {
  const { records, reads } = linesOfOneMessage(i => i)
  const { span } = mergeRecords(new KeptRecords(records, 'texts in place'))!
  readFacts(span)
  expect(reads()).toBeLessThan(4 * lines)
})
