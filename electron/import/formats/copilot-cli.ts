// Events of GitHub Copilot's command line: `session-state/<id>/events.jsonl`. Tokens in are not told, tokens out are.

import { idIn } from './transcript.ts'
import { messageIn, turnFormat } from './turns.ts'
import { isObject } from './values.ts'

export const copilotCli = turnFormat({
  id: 'copilot-cli',
  label: 'Copilot CLI events',
  detect(record) {
    const { type, data } = record
    if (typeof type !== 'string' || !isObject(data) || !('timestamp' in record && 'parentId' in record)) return 'no'
    return /^[a-z]+(?:\.[a-z_]+)?$/.test(type.slice(0, 60)) ? 'certain' : 'no'
  },
  step(line) {
    const data = messageIn(line)
    switch (line['type']) {
      case 'session.start':
        return { is: 'session', id: idIn(data['sessionId']) }
      case 'user.message':
        return { is: 'prompt', id: idIn(data['interactionId']) ?? idIn(line['id']) }
      case 'assistant.message':
        return { is: 'response', id: idIn(data['messageId']) }
      case 'tool.execution_start':
        return { is: 'tool_use', tool: idIn(data['toolCallId']) }
      case 'tool.execution_complete':
        return { is: 'tool_result', tool: idIn(data['toolCallId']) }
      default:
        return { is: 'aside' }
    }
  },
})
