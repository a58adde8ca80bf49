// The stand-in's half of a utility process: `process.parentPort` wraps what it hands on in `{ data }`, and begins when
// somebody listens. There is no `process.send`.
import { EventEmitter } from 'node:events'
import { isMainThread } from 'node:worker_threads'

if (isMainThread) {
  const send = process.send.bind(process)
  process.send = undefined

  const parentPort = new EventEmitter()
  parentPort.postMessage = message => void send(message)
  parentPort.on('newListener', name => {
    if (name !== 'message' || parentPort.listenerCount('message') > 0) return
    setImmediate(() => process.on('message', data => parentPort.emit('message', { data, ports: [] })))
  })
  Object.defineProperty(process, 'parentPort', { enumerable: true, value: parentPort })

  // A utility process does not outlive its host.
  process.on('disconnect', () => process.exit(0))
}
