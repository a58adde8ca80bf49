import type { EventData } from '../../shared/contract/index.ts'
import type { CallPiece, Piece } from '../../shared/replay/pieces.ts'

type Told = EventData<'replay.progress'>
type Phase = Told['phase']

/** Milliseconds between two words about a request: a page draws no faster. */
const every = 16

/** Tells how a request goes: the first word at once, then what came meanwhile, joined. */
export class Progress {
  private readonly send: string
  private readonly tellAll: (told: Told) => void
  private readonly began = performance.now()
  private last = Number.NEGATIVE_INFINITY
  private timer: NodeJS.Timeout | undefined
  private phase: Phase = 'connecting'
  private bytesIn = 0
  private pieces: Piece[] = []
  private isDue = false

  constructor(send: string, tellAll: (told: Told) => void) {
    this.send = send
    this.tellAll = tellAll
  }

  tell(phase: Phase, bytesIn: number, pieces: readonly Piece[]): void {
    const isNew = phase !== this.phase
    if (isNew) this.flush()
    this.phase = phase
    this.bytesIn = bytesIn
    this.isDue = true
    for (const piece of pieces) this.pieces.push(piece)
    const left = this.last + every - performance.now()
    if (isNew || left <= 0) this.flush()
    else this.timer ??= setTimeout(() => this.flush(), left)
  }

  flush(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    if (!this.isDue) return
    this.isDue = false
    const { pieces, send, phase, bytesIn } = this
    this.pieces = []
    this.last = performance.now()
    this.tellAll({ send, phase, elapsed: Math.round(this.last - this.began), bytesIn, ...joined(pieces) })
  }
}

function joined(pieces: readonly Piece[]): Pick<Told, 'text' | 'reasoning' | 'toolCalls'> {
  const text = pieces.map(piece => piece.text ?? '').join('')
  const reasoning = pieces.map(piece => piece.reasoning ?? '').join('')
  const calls = new Map<number, CallPiece>()
  for (const call of pieces.flatMap(piece => piece.toolCalls ?? [])) {
    const before = calls.get(call.index)
    const args = call.arguments === undefined ? before?.arguments : (before?.arguments ?? '') + call.arguments
    calls.set(call.index, { ...before, ...call, ...(args === undefined ? {} : { arguments: args }) })
  }
  return {
    ...(text === '' ? {} : { text }),
    ...(reasoning === '' ? {} : { reasoning }),
    ...(calls.size === 0 ? {} : { toolCalls: [...calls.values()] }),
  }
}
