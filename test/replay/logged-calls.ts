// A dump of two calls: one that can be sent again as it was, and one that holds a file which the log does not.

export const body =
  '{ "model": "gpt-4.1", "stream": true, "messages": [{"role":"user","content":"\\u0048i"}], "temperature": 1.0 }'
const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } })
export const traceId = 'a'.repeat(32)
export const spanId = '1'.repeat(16)
const call = {
  traceId,
  spanId,
  name: 'ask',
  startTimeUnixNano: '1750000000000000000',
  endTimeUnixNano: '1750000001000000000',
  attributes: [
    attribute('openinference.span.kind', 'LLM'),
    attribute('input.mime_type', 'application/json'),
    attribute('input.value', body),
    // Neither decides anything.
    attribute('server.address', 'evil.test'),
    attribute('http.request.header.authorization', 'Bearer sk-of-somebody-else-0123456789'),
  ],
}

export const lossySpan = '2'.repeat(16)
const lossyBody = JSON.stringify({
  model: 'gpt-4.1',
  messages: [{ role: 'user', content: [{ type: 'file', file: { file_id: 'file-1' } }] }],
})
const lossyCall = {
  ...call,
  spanId: lossySpan,
  attributes: call.attributes.map(one => (one.key === 'input.value' ? attribute(one.key, lossyBody) : one)),
}
export const calls = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [call, lossyCall] }] }] })
