import type { Picture, Spot } from './picture.ts'

/** Points, each by itself. */
export function dotsOf(x: Float64Array, y: Float64Array): Pick<Picture, 'draw' | 'ends' | 'step' | 'hit' | 'box'> {
  const byX = Uint32Array.from(x.keys()).sort((a, b) => x[a]! - x[b]! || y[a]! - y[b]!)
  const byY = Uint32Array.from(x.keys()).sort((a, b) => y[a]! - y[b]! || x[a]! - x[b]!)
  const [placeX, placeY] = [byX, byY].map(order => {
    const places = new Uint32Array(order.length)
    order.forEach((point, place) => (places[point] = place))
    return places
  })
  const spot = (at: number | undefined): Spot | undefined => (at === undefined ? undefined : { at, part: 0 })
  return {
    ends: { first: spot(byX[0]), last: spot(byX.at(-1)) },
    step: ({ at }, across, up) => spot(across !== 0 ? byX[placeX![at]! + across] : byY[placeY![at]! + up]),
    hit: (px, py, near) => {
      let [best, least] = [-1, 10 * 10]
      for (let i = 0; i < x.length; i++) {
        const [dx, dy] = [(x[i]! - px) / near.x, (y[i]! - py) / near.y]
        const far = dx * dx + dy * dy
        if (far < least) [best, least] = [i, far]
      }
      return best < 0 ? undefined : { at: best, part: 0 }
    },
    box: ({ at }) => (at < x.length ? { x0: x[at]!, x1: x[at]!, y0: y[at]!, y1: y[at]! } : undefined),
    draw: ({ context, paints, ratio, toX, toY }) => {
      context.beginPath()
      const radius = (x.length > 1000 ? 2.5 : 3.5) * ratio
      for (let i = 0; i < x.length; i++) {
        const [left, top] = [toX(x[i]!), toY(y[i]!)]
        context.moveTo(left + radius, top)
        context.arc(left, top, radius, 0, 2 * Math.PI)
      }
      context.strokeStyle = paints.inks[0]!
      context.lineWidth = 1.2 * ratio
      context.stroke()
      context.globalAlpha = 0.35
      context.fillStyle = paints.inks[0]!
      context.fill()
      context.globalAlpha = 1
    },
  }
}
