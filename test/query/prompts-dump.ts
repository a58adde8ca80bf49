import { writeFileSync } from 'node:fs'

/** Two dozen calls of a prompt that no row names: two versions, a customer and a language in each. */
export function writePromptsDump(file: string): void {
  const people = ['Ada', 'Bela', 'Chen', 'Dora', 'Emil']
  const rows = Array.from({ length: 24 }, (_, i) => ({
    trace_id: `${i + 1}`.padStart(32, 'd'),
    span_id: `${i + 1}`.padStart(16, '0'),
    name: 'support',
    feature: 'support',
    model_name: 'gpt-4o',
    timestamp: new Date(Date.UTC(2026, 2, 1) + i * 3_600_000).toISOString(),
    messages: [
      {
        role: 'system',
        content: [
          'You answer customers of a shop.',
          `Customer: ${people[i % 5]}`,
          i < 12 ? 'Be brief.' : 'Be brief, and quote the order.',
          `Language: ${['German', 'Thai', 'Dutch'][i % 3]}`,
        ].join('\n'),
      },
      { role: 'user', content: `Where is order ${1000 + i}?` },
    ],
    output: 'On its way.',
  }))
  writeFileSync(file, rows.map(row => JSON.stringify(row)).join('\n'))
}
