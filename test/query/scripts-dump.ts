import { writeFileSync } from 'node:fs'
import { seededRandom } from '../helpers/random.ts'

// Conversations in many scripts, whose calls repeat their history: what an index must tell apart as the scan does.

const pieces = [
  '全文検索エンジンで注文を探す',
  '注文番号1182の返金をお願いします',
  '我想搜索一下订单的退款状态',
  'การค้นหาข้อมูลคำสั่งซื้อ',
  'ขอคืนเงินสำหรับคำสั่งซื้อ',
  '주문 환불 전문 검색 엔진',
  'Crème brûlée à la carte, naïve façade',
  'CAFE\u0301 Ångström Straße İstanbul ΟΔΟΣ οδός',
  'refund_worker re-fund ReFund refunds "refund"',
  'order #A1182B-x path/to/file.ts?x=1&y=%20',
  'مرحبا بالعالم שלום עולם',
  'हिन्दी में खोज करें',
  'emoji 😀😀 family 👨‍👩‍👧 flags 🇯🇵',
  'tab\tand\nline\r\nends\u00a0nbsp\u200bzero',
  'ｆｕｌｌｗｉｄｔｈ ﬁne oﬃce ſ ı K Å １１８２：ＯＫ',
  'ﾒﾆｭｰ ﾊﾟｽﾜｰﾄﾞ パスワード',
  'مَرْحَبًا مــرحبا ﻣﺮﺣﺒﺎ ﷲ Ǆungla',
  '{"city":"東京","note":"日本語のJSON"}',
  `${'0123456789abcdefghij'.repeat(6)}end`,
]

/** Twelve traces of five calls; some texts are long enough to be stored once. */
export function writeScriptsDump(file: string): void {
  const random = seededRandom(11)
  const text = () =>
    Array.from({ length: 1 + random.below(12) }, () => random.pick(pieces)).join(random.pick([' ', '\n', '、', '']))
  const lines: string[] = []
  for (let trace = 1; trace <= 12; trace++) {
    const history: object[] = []
    const spans = Array.from({ length: 5 }, (_, i) => {
      history.push({ role: random.pick(['user', 'assistant', 'system']), parts: [{ type: 'text', content: text() }] })
      if (i === 2) {
        const call = { type: 'tool_call', id: 'c1', name: 'suche', arguments: { query: text(), n: random.below(2000) } }
        history.push({ role: 'assistant', parts: [call] })
        history.push({ role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', response: text() }] })
      }
      const answer = [{ role: 'assistant', parts: [{ type: 'text', content: text() }], finish_reason: 'stop' }]
      const attributes = {
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': 'gpt-4o',
        'gen_ai.input.messages': JSON.stringify(history),
        'gen_ai.output.messages': JSON.stringify(answer),
      }
      return {
        traceId: `${trace}`.padStart(32, 'c'),
        spanId: `${100 * trace + i}`.padStart(16, '0'),
        name: random.pick(['chat', '検索', 'Straße']),
        startTimeUnixNano: `${1_770_000_000 + 100 * trace + i}000000000`,
        endTimeUnixNano: `${1_770_000_001 + 100 * trace + i}000000000`,
        attributes: Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } })),
      }
    })
    lines.push(JSON.stringify({ resourceSpans: [{ resource: {}, scopeSpans: [{ scope: {}, spans }] }] }))
  }
  writeFileSync(file, `${lines.join('\n')}\n`)
}
