// Sessions of Qwen Code: Claude Code's envelope around Gemini's messages. https://github.com/QwenLM/qwen-code

import { idIn } from './transcript.ts'
import { firstResult, turnFormat } from './turns.ts'
import { isObject } from './values.ts'

export const qwenCode = turnFormat({
  id: 'qwen-code',
  label: 'Qwen Code session',
  detect(record) {
    const { message } = record
    if (!('sessionId' in record && 'uuid' in record && 'type' in record)) return 'no'
    return 'systemPayload' in record || (isObject(message) && Array.isArray(message['parts'])) ? 'certain' : 'no'
  },
  session: line => idIn(line['sessionId']),
  step(line) {
    const id = idIn(line['uuid'])
    switch (line['type']) {
      case 'user':
        return { is: 'prompt', id }
      case 'assistant':
        return { is: 'response', id }
      case 'tool_result':
        return { is: 'tool_result', tool: idIn(firstResult(line)?.['id']) }
      default:
        return { is: 'aside' }
    }
  },
})
