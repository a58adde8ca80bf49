import { InspectorError } from '../../shared/domain/errors.ts'
import { openChannel, type Port } from '../rpc/channel.ts'
import {
  closeRequest,
  openRequest,
  type Answerer,
  type Answers,
  type Opening,
  type Role,
  type Service,
} from './process.ts'

/** Lets a role answer over a port: first it is opened, then asked. */
export function serve(role: Role, port: Port): void {
  let service: Service | undefined
  const close = async (): Promise<void> => {
    const closing = service
    service = undefined
    await closing?.close()
  }
  const channel = openChannel(port, {
    async answer(name, input, signal) {
      if (name === openRequest) {
        service = await role(input as Opening, (event, data) => channel.tell(event, data))
        return {}
      }
      if (name === closeRequest) return (await close(), {})
      if (!service) throw new InspectorError('process/not-open', 'This process has no store open.')
      let answer = answerOf(service.answers, name)
      for (const load of service.more ?? []) answer ??= answerOf(await load(), name)
      if (!answer) throw new InspectorError('rpc/unknown-name', 'There is no such request.')
      return answer(input, signal)
    },
  })
  port.onClose(() => void close())
}

function answerOf(answers: Answers, name: string): Answerer | undefined {
  return Object.hasOwn(answers, name) ? answers[name] : undefined
}
