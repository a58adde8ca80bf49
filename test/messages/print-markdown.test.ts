import { expect, test } from 'vitest'
import type { Span } from '../../shared/domain/span.ts'
import { printSpan } from '../../shared/messages/print-markdown.ts'

const bare: Span = { id: 's1', name: 'decide', kind: 'generation', status: 'unset', attributes: {} }

test('a call as Markdown: its facts, its failure, what was said and called', () => {
  const text = printSpan({
    ...bare,
    status: 'error',
    errorType: 'RateLimit',
    statusMessage: 'try\nlater',
    model: 'gpt-4o',
    durationNs: '1500000000',
    usage: { input: 1204 },
    inputMessages: [{ role: 'user', parts: [{ type: 'text', text: 'refund **1182**' }] }],
    outputMessages: [
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', text: 'hm' },
          { type: 'tool_call', name: 'issue_refund', arguments: { order: 1182 } },
          { type: 'media', mimeType: 'image/png', data: 'AAAA' },
        ],
      },
    ],
  })
  expect(text).toBe(
    [
      '## generation: decide',
      '- model: gpt-4o\n- duration: 1.50 s\n- tokens: 1,204 in, — out\n- span: `s1`',
      '**Failed**: RateLimit',
      '> try\n> later',
      '### user',
      'refund **1182**',
      '### assistant',
      '_reasoning_',
      '> hm',
      '**calls `issue_refund`**',
      '```json\n{\n  "order": 1182\n}\n```',
      '_image/png, 3 B_',
    ].join('\n\n'),
  )
})

test('a fence is longer than any in the text, and a long text says what was cut', () => {
  const text = printSpan({ ...bare, kind: 'tool', tool: { result: `\`\`\`\`\n${'x'.repeat(30_000)}` } })
  expect(text).toContain('\n`````\n````\nxxx')
  expect(text).toContain('10.0 kB more')
  expect(text.length).toBeLessThan(21_000)
})
