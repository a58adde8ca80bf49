import { describe, expect, test, vi } from 'vitest'
import type { Handlers } from '../../shared/contract/index.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import { dispatch } from '../../electron/rpc/dispatch.ts'
import { isSmall } from '../../electron/rpc/limits.ts'

const never = { aborted: false, addEventListener: () => {}, removeEventListener: () => {} }

function handlers(over: Partial<Handlers>): Handlers {
  return over as Handlers
}

function nested(levels: number): unknown {
  let value: unknown = 1
  for (let i = 0; i < levels; i++) value = { a: value }
  return value
}

const errors = vi.spyOn(console, 'error').mockImplementation(() => {})

describe('dispatch', () => {
  const find = vi.fn<Handlers['traces.find']>(() => ({ id: 7 }))
  const asked = handlers({ 'traces.find': find })

  test('a known name with a valid input is answered', async () => {
    expect(await dispatch(asked, 'traces.find', { traceId: 'ab' }, never)).toEqual({ ok: true, value: { id: 7 } })
  })

  test.each([
    ['an unknown name', 'traces.drop', {}, 'rpc/unknown-name'],
    ['a name every object has', 'constructor', {}, 'rpc/unknown-name'],
    ['a name that is no text', 7, {}, 'rpc/unknown-name'],
    ['a missing field', 'traces.find', {}, 'rpc/bad-input'],
    ['an extra field', 'traces.find', { traceId: 'ab', more: 1 }, 'rpc/bad-input'],
    ['__proto__ as a field', 'traces.find', JSON.parse('{"traceId":"ab","__proto__":{"x":1}}'), 'rpc/bad-input'],
    ['a wrong type', 'traces.find', { traceId: ['ab'] }, 'rpc/bad-input'],
    ['300 levels', 'traces.find', nested(300), 'rpc/too-large'],
    ['a million levels', 'traces.find', nested(1_000_000), 'rpc/too-large'],
    ['100 MB of text', 'traces.find', { traceId: 'x'.repeat(100 << 20) }, 'rpc/too-large'],
    ['a million values', 'traces.find', { traceId: Array.from({ length: 1_000_000 }, () => 0) }, 'rpc/too-large'],
    ['a buffer', 'traces.find', { traceId: new Uint8Array(4) }, 'rpc/too-large'],
    ['a map', 'traces.find', new Map(), 'rpc/too-large'],
  ])('%s is refused', async (_, name, input, code) => {
    find.mockClear()
    expect(await dispatch(asked, name, input, never)).toMatchObject({ ok: false, error: { code } })
    expect(find).not.toHaveBeenCalled()
  })

  test('what a refused payload held is not in the log', async () => {
    errors.mockClear()
    await dispatch(asked, 'traces.find', { traceId: 'ab', secret: 'sk-123' }, never)
    expect(JSON.stringify(errors.mock.calls)).not.toContain('sk-123')
  })

  test('an expected failure keeps its code and sentence', async () => {
    const failing = handlers({
      'traces.find': () => {
        throw new InspectorError('store/newer', 'A newer build wrote it.')
      },
    })
    const answer = await dispatch(failing, 'traces.find', { traceId: 'ab' }, never)
    expect(answer).toEqual({ ok: false, error: { code: 'store/newer', message: 'A newer build wrote it.' } })
  })

  test('an unexpected one says neither stack nor path', async () => {
    const failing = handlers({
      'traces.find': () => {
        throw new Error('/home/ada/secret.db: no such table span')
      },
    })
    const answer = await dispatch(failing, 'traces.find', { traceId: 'ab' }, never)
    expect(answer).toMatchObject({ ok: false, error: { code: 'internal' } })
    expect(JSON.stringify(answer)).not.toMatch(/ada|span|stack/)
  })

  test('a full disk is something a person can act on', async () => {
    const failing = handlers({
      'traces.find': () => {
        throw Object.assign(new Error('x'), { code: 'ENOSPC' })
      },
    })
    const answer = await dispatch(failing, 'traces.find', { traceId: 'ab' }, never)
    expect(answer).toMatchObject({ ok: false, error: { code: 'store/disk-full' } })
  })
})

test('ten thousand long paths are still small', () => {
  expect(isSmall({ paths: Array.from({ length: 10_000 }, () => 'p'.repeat(500)) })).toBe(true)
})
