import { MessageChannel } from 'node:worker_threads'
import { describe, expect, test, vi } from 'vitest'
import { InspectorError } from '../../shared/domain/errors.ts'
import type { Child, Fork, Role } from '../../electron/processes/process.ts'
import { serve } from '../../electron/processes/serve.ts'
import { supervise, type SuperviseOptions } from '../../electron/processes/supervise.ts'
import type { Port } from '../../electron/rpc/channel.ts'

/** Processes that are none, with a count of how many were started and a way to end the last one. */
function fakeProcesses(role: Role) {
  const started: Child[] = []
  const fork: Fork = () => {
    const { port1, port2 } = new MessageChannel()
    const toPort = (port: typeof port1): Port => ({
      // oxlint-disable-next-line unicorn/require-post-message-target-origin
      post: message => port.postMessage(message),
      listen: listener => void port.on('message', listener),
      onClose: listener => void port.on('close', listener),
      close: () => port.close(),
    })
    serve(role, toPort(port2))
    const child: Child = { port: toPort(port1), kill: () => port1.close() }
    started.push(child)
    return child
  }
  return { fork, started, die: () => started.at(-1)?.kill() }
}

const slow: Role = () => ({
  answers: {
    quick: (input: number) => input + 1,
    hang: () => new Promise(() => {}),
    'wait for cancel': (_: unknown, signal) =>
      new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(new InspectorError('cancelled', 'Cancelled.'))),
      ),
    fail: () => {
      throw new InspectorError('store/newer', 'A newer build wrote it.')
    },
    crash: () => {
      throw new Error('/secret/path')
    },
  },
  close: () => {},
})

function start(role: Role, over: Partial<SuperviseOptions> = {}) {
  const processes = fakeProcesses(role)
  const states: string[] = []
  const supervised = supervise('reader', {
    fork: processes.fork,
    opening: () => ({ storePath: '/store' }),
    heard: () => {},
    onState: state => states.push(state),
    asksAgain: true,
    restarts: false,
    ...over,
  })
  return { ...processes, states, supervised }
}

const later = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

describe('a process that is looked after', () => {
  test('starts with the first question and answers all of them', async () => {
    const { supervised, started } = start(slow)
    expect(started).toHaveLength(0)
    expect(await Promise.all([supervised.ask('quick', 1), supervised.ask('quick', 2)])).toEqual([2, 3])
    expect(started).toHaveLength(1)
    await supervised.close()
  })

  test('one that dies while it is started is started once more, and no third time', async () => {
    const { supervised, started, die } = start(slow, { asksAgain: false })
    const isThere = supervised.start()
    die()
    await isThere
    expect(started).toHaveLength(2)
    expect(await supervised.ask('quick', 1)).toBe(2)
    await supervised.close()
    const doomed = start(() => new Promise(() => {}))
    const never = doomed.supervised.start()
    doomed.die()
    await vi.waitFor(() => expect(doomed.started).toHaveLength(2), { interval: 1 })
    doomed.die()
    await expect(never).rejects.toMatchObject({ code: 'process/died' })
  })

  test('passes expected failures on and keeps unexpected ones to itself', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const { supervised } = start(slow)
    await expect(supervised.ask('fail', {})).rejects.toMatchObject({ code: 'store/newer' })
    await expect(supervised.ask('crash', {})).rejects.toMatchObject({ code: 'internal' })
    await expect(supervised.ask('crash', {})).rejects.not.toThrow(/secret/)
    await expect(supervised.ask('toString', {})).rejects.toMatchObject({ code: 'rpc/unknown-name' })
    await supervised.close()
  })

  test('a question that changes nothing is asked again when the process dies under it', async () => {
    let lives = 0
    const role: Role = () => {
      lives += 1
      return { answers: { ask: () => (lives === 1 ? new Promise(() => {}) : 'answered') }, close: () => {} }
    }
    const { supervised, die, states } = start(role)
    const answer = supervised.ask('ask', {})
    await later(30)
    die()
    expect(await answer).toBe('answered')
    expect(states).toEqual(['restarting', 'running'])
    await supervised.close()
  })

  test('a question that changes something is not', async () => {
    const { supervised, die } = start(slow, { asksAgain: false })
    const answer = supervised.ask('hang', {})
    await later(30)
    die()
    await expect(answer).rejects.toMatchObject({ code: 'process/died' })
    expect(await supervised.ask('quick', 1)).toBe(2)
    await supervised.close()
  })

  test('it comes back by itself where somebody must tidy up', async () => {
    const { supervised, started, die, states } = start(slow, { restarts: true })
    await supervised.start()
    die()
    await vi.waitFor(() => expect(states).toEqual(['restarting', 'running']))
    expect(started).toHaveLength(2)
    await supervised.close()
  })

  test('one that dies at birth is not started in a circle', async () => {
    const { supervised, started, die } = start(slow, { restarts: true })
    await supervised.start()
    const timer = setInterval(die, 5)
    await later(1000)
    clearInterval(timer)
    expect(started.length).toBeLessThan(7)
    await supervised.close()
  })

  test('a store that does not open is the answer to every question', async () => {
    const role: Role = () => {
      throw new InspectorError('store/not-a-store', 'This is no store.')
    }
    const { supervised, states } = start(role)
    await expect(supervised.ask('quick', 1)).rejects.toMatchObject({ code: 'store/not-a-store' })
    await expect(supervised.ask('quick', 1)).rejects.toMatchObject({ code: 'store/not-a-store' })
    expect(states).toEqual([])
    await supervised.close()
  })
})

describe('cancelling', () => {
  test('a question that listens ends, and the process lives', async () => {
    const { supervised, started } = start(slow, { killAfterCancel: 200 })
    const cancel = new AbortController()
    const answer = supervised.ask('wait for cancel', {}, cancel.signal)
    await later(20)
    cancel.abort()
    await expect(answer).rejects.toMatchObject({ code: 'cancelled' })
    await supervised.ask('quick', 1)
    expect(started).toHaveLength(1)
    await supervised.close()
  })

  test('one that does not costs the process its life; others are asked again', async () => {
    const { supervised, started, states } = start(slow, { killAfterCancel: 50 })
    const cancel = new AbortController()
    const stuck = supervised.ask('hang', {}, cancel.signal)
    await later(20)
    cancel.abort()
    await expect(stuck).rejects.toMatchObject({ code: 'cancelled' })
    expect(await supervised.ask('quick', 1)).toBe(2)
    expect(started).toHaveLength(2)
    // We did it ourselves: nobody is told that something broke.
    expect(states).toEqual([])
    await supervised.close()
  })

  test('what was cancelled before it was asked is not asked', async () => {
    const { supervised } = start(slow)
    await expect(supervised.ask('hang', {}, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' })
    await supervised.close()
  })
})

test('closing lets a process finish what must not be cut', async () => {
  const close = vi.fn<() => Promise<void>>(() => later(50) as Promise<void>)
  const { supervised } = start(() => ({ answers: { quick: () => 1 }, close }))
  await supervised.ask('quick', 1)
  await supervised.close()
  expect(close).toHaveBeenCalledTimes(1)
  await expect(supervised.ask('quick', 1)).rejects.toMatchObject({ code: 'process/gone' })
})
