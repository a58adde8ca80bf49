// Sessions of the coding agent pi: a header, then one message a line.
// https://github.com/badlogic/pi-mono/tree/main/packages/coding-agent

import { idIn } from './transcript.ts'
import { messageIn, turnFormat } from './turns.ts'
import { isObject } from './values.ts'

export const pi = turnFormat({
  id: 'pi',
  label: 'pi session',
  detect(record) {
    const { type, message } = record
    if (type === 'message') {
      return isObject(message) && 'role' in message && 'timestamp' in record && !('sessionId' in record)
        ? 'certain'
        : 'no'
    }
    if (type === 'session') return 'id' in record && 'timestamp' in record && !('spans' in record) ? 'certain' : 'no'
    return type === 'model_change' || type === 'thinking_level_change' || type === 'compaction'
      ? 'timestamp' in record && !('payload' in record)
        ? 'certain'
        : 'no'
      : 'no'
  },
  step(line) {
    if (line['type'] === 'session') return { is: 'session', id: idIn(line['id']) }
    if (line['type'] !== 'message') return { is: 'aside' }
    const message = messageIn(line)
    const id = idIn(line['id'])
    switch (message['role']) {
      case 'user':
        return { is: 'prompt', id }
      case 'assistant':
        return { is: 'response', id }
      case 'toolResult':
        return { is: 'tool_result', tool: idIn(message['toolCallId']) }
      default:
        return { is: 'aside' }
    }
  },
})
