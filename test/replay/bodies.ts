// A request of each dialect that says all it can: tools and their turns, structured output beside tools, media, reasoning
// with its signatures, cache marks, and fields that nobody here knows.

import type { DialectId } from '../../shared/replay/types.ts'

const schema = {
  type: 'object',
  properties: { city: { type: 'string' }, days: { $ref: '#/$defs/days' } },
  required: ['city', 'days'],
  additionalProperties: false,
  $defs: { days: { type: 'integer' } },
}
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk'

export const bodies: { readonly [id in DialectId]: { readonly [name: string]: unknown } } = {
  'openai-chat': {
    model: 'gpt-4.1',
    messages: [
      { role: 'developer', content: 'Be brief.' },
      {
        role: 'user',
        name: 'ada',
        content: [
          { type: 'text', text: 'What is this, and how is the weather there?' },
          { type: 'image_url', image_url: { url: `data:image/png;base64,${png}`, detail: 'low' } },
          { type: 'input_audio', input_audio: { data: 'UklGRg==', format: 'wav' } },
          { type: 'file', file: { filename: 'plan.pdf', file_data: 'data:application/pdf;base64,JVBERi0=' } },
        ],
      },
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          {
            id: 'call_1',
            type: 'function',
            function: { name: 'get_weather', arguments: '{ "days": 1.0, "city":"Lisbon"}' },
          },
        ],
      },
      { role: 'tool', tool_call_id: 'call_1', content: '{"sky": "rain", "c": 14.50}' },
    ],
    tools: [
      { type: 'function', function: { name: 'get_weather', description: 'Weather', parameters: schema, strict: true } },
    ],
    tool_choice: { type: 'function', function: { name: 'get_weather' } },
    parallel_tool_calls: false,
    response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } },
    temperature: 0.2,
    max_tokens: 400,
    seed: 7,
    stop: ['END'],
    logit_bias: { '50256': -100 },
    stream: true,
    stream_options: { include_usage: true },
  },
  'openai-responses': {
    model: 'gpt-5',
    instructions: 'Be brief.',
    input: [
      {
        role: 'user',
        content: [
          { type: 'input_text', text: 'Look.' },
          { type: 'input_image', image_url: `data:image/png;base64,${png}`, detail: 'high' },
        ],
      },
      {
        type: 'reasoning',
        id: 'rs_1',
        summary: [{ type: 'summary_text', text: 'Hm.' }],
        encrypted_content: 'gCIPHER==',
      },
      { type: 'function_call', call_id: 'call_1', name: 'get_weather', arguments: '{"city": "Lisbon", "days": 2}' },
      { type: 'function_call_output', call_id: 'call_1', output: '{"c": 14}' },
    ],
    tools: [
      { type: 'function', name: 'get_weather', description: 'Weather', parameters: schema, strict: true },
      { type: 'web_search', search_context_size: 'low' },
    ],
    tool_choice: { type: 'function', name: 'get_weather' },
    text: { format: { type: 'json_schema', name: 'answer', strict: true, schema }, verbosity: 'low' },
    reasoning: { effort: 'low', summary: 'auto' },
    include: ['reasoning.encrypted_content'],
    max_output_tokens: 500,
    store: false,
    stream: true,
  },
  anthropic: {
    model: 'claude-sonnet-4-5',
    max_tokens: 1000,
    system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral', ttl: '1h' } }],
    messages: [
      {
        role: 'user',
        content: [
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: png } },
          {
            type: 'document',
            source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0=' },
            title: 'Plan',
          },
          { type: 'text', text: 'And the weather?', cache_control: { type: 'ephemeral' } },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'I should ask.', signature: 'EqQBCgIYAhIM==' },
          { type: 'redacted_thinking', data: 'EmwKAhgBEgy3==' },
          { type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: { city: 'Lisbon', days: 2 } },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'toolu_1', content: [{ type: 'text', text: 'rain' }], is_error: false },
        ],
      },
    ],
    tools: [
      { name: 'get_weather', description: 'Weather', input_schema: schema, cache_control: { type: 'ephemeral' } },
      { type: 'web_search_20260318', name: 'web_search', max_uses: 3 },
    ],
    tool_choice: { type: 'tool', name: 'get_weather', disable_parallel_tool_use: true },
    thinking: { type: 'enabled', budget_tokens: 1024 },
    output_config: { format: { type: 'json_schema', schema } },
    stop_sequences: ['END'],
    stream: true,
  },
  gemini: {
    systemInstruction: { parts: [{ text: 'Be brief.' }] },
    contents: [
      {
        role: 'user',
        parts: [
          { text: 'What is this, and the weather?' },
          { inlineData: { mimeType: 'image/png', data: png } },
          { fileData: { mimeType: 'video/mp4', fileUri: 'https://www.youtube.com/watch?v=abc' } },
        ],
      },
      {
        role: 'model',
        parts: [
          { functionCall: { name: 'get_weather', args: { city: 'Lisbon', days: 2 } }, thoughtSignature: 'CiQB==' },
        ],
      },
      { role: 'user', parts: [{ functionResponse: { name: 'get_weather', response: { sky: 'rain' } } }] },
    ],
    tools: [{ functionDeclarations: [{ name: 'get_weather', description: 'Weather', parametersJsonSchema: schema }] }],
    toolConfig: { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['get_weather'] } },
    safetySettings: [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'BLOCK_NONE' }],
    generationConfig: {
      temperature: 0.2,
      topK: 40,
      maxOutputTokens: 300,
      responseMimeType: 'application/json',
      responseJsonSchema: schema,
      thinkingConfig: { thinkingBudget: 256, includeThoughts: true },
    },
  },
  'ollama-chat': {
    model: 'llama3.2',
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'What is this?', images: [png] },
      {
        role: 'assistant',
        content: '',
        thinking: 'Hm.',
        tool_calls: [{ function: { name: 'get_weather', arguments: { city: 'Lisbon', days: 2 } } }],
      },
      { role: 'tool', tool_name: 'get_weather', content: 'rain' },
    ],
    tools: [{ type: 'function', function: { name: 'get_weather', description: 'Weather', parameters: schema } }],
    format: schema,
    options: { temperature: 0.2, num_ctx: 8192, seed: 7 },
    stream: false,
    keep_alive: '5m',
    think: true,
  },
}
