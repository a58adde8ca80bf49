import { conversation, photoTicket, tickets } from './content/tickets.mjs'
import { nights } from './content/reviews.mjs'
import { hemPhoto } from './image.mjs'
import { scoresWithMean } from './seeded.mjs'

/**
 * The two weeks: what runs when, in the order of time.
 *
 * Version 6 of the prompt answers the first week and version 7 the second, after two days
 * in staging. Both get as many refunds and as many refused ones, so that the planted
 * effect on `helpfulness` is the only difference between them worth finding.
 */
export const planted = { 6: { mean: 0.62, deviation: 0.11 }, 7: { mean: 0.81, deviation: 0.08 } }

const span = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i)
const version6 = [...span(0, 6), 40, ...span(7, 15), 41, ...span(16, 23), 38, 46, ...span(24, 29)]
const version7 = [...span(30, 49), 0, 3, 9, 13, 16, 26, 5, 14, 22, 10]

const tooMany = {
  status: 429,
  type: 'requests',
  code: 'rate_limit_exceeded',
  message: 'Rate limit reached for gpt-4.1-mini: limit 500 requests per minute. Please try again in 820ms.',
}
const overloaded = { status: 503, type: 'server_error', message: 'The server is overloaded or not ready yet.' }

/** The planted numbers keep their order, so that a score belongs to a trace for good. */
function helpfulness(value) {
  const label = value >= 0.75 ? 'helpful' : value >= 0.5 ? 'partly helpful' : 'not helpful'
  const explanation = {
    helpful: 'Answers the question at once and tells the customer what to do next.',
    'partly helpful': 'Answers the question, but the customer has to find the next step alone.',
    'not helpful': 'Friendly, but leaves the question half answered.',
  }[label]
  return {
    record: span =>
      span.setAttributes({
        'evaluations.0.evaluation.name': 'helpfulness',
        'evaluations.0.evaluation.score': value,
        'evaluations.0.evaluation.label': label,
        'evaluations.0.evaluation.explanation': explanation,
        'evaluations.0.evaluation.annotator_kind': 'LLM',
      }),
  }
}

const faithfulness = value => ({
  record: span =>
    span.addEvent('gen_ai.evaluation.result', {
      'gen_ai.evaluation.name': 'faithfulness',
      'gen_ai.evaluation.score.value': value,
      'gen_ai.evaluation.score.label': value >= 0.9 ? 'pass' : 'review',
      'gen_ai.evaluation.explanation': 'Every claim of the summary is found in a review.',
    }),
})

export function planJobs(chance) {
  const jobs = []
  const day = number => `2026-11-${String(number).padStart(2, '0')}`
  const add = (date, hour, job) => {
    const at = new Date(Date.parse(`${date}T00:00:00Z`) + Math.round(hour * 3_600_000)).toISOString()
    const release = date < day(10) ? '2026.45.2' : '2026.46.0'
    jobs.push({ at, release, environment: 'production', ...job })
  }
  const someone = () => ({
    session: `sess_${chance.token(8)}`,
    user: `cust_${chance.whole(10400, 98999)}`,
    tier: chance.pick(['Trail', 'Trail', 'Ridge', 'Summit']),
    order: `NW-${chance.whole(40100, 78999)}`,
  })
  const support = (version, ticket, more) => ({ kind: 'support', version, ticket, ...someone(), ...more })

  const list6 = version6.map(i => support(6, tickets[i]))
  list6.forEach((job, i) => add(day(5 + Math.floor(i / 5)), 8.2 + 2.3 * (i % 5) + chance.between(0, 1.9), job))

  const list7 = version7.map(i => support(7, tickets[i]))
  const staging = list7.splice(24, 6)
  staging.forEach((job, i) =>
    add(day(10 + Math.floor(i / 3)), 19.8 + 0.6 * (i % 3) + chance.between(0, 0.4), { ...job, environment: 'staging' }),
  )
  const photo = support(7, photoTicket, { image: hemPhoto() })
  list7.splice(9, 0, photo)
  list7.forEach((job, i) => add(day(12 + Math.floor(i / 4)), 8.4 + 2.6 * (i % 4) + chance.between(0, 2.2), job))
  const guest = someone()
  conversation.forEach((ticket, turn) =>
    add(day(16), 19.5 + 0.07 * turn, { ...support(7, ticket), ...guest, turn: turn + 1 }),
  )

  const scored = version => jobs.filter(job => job.kind === 'support' && job.version === version).sort(byTime)
  for (const version of [6, 7]) {
    const list = scored(version)
    const { mean, deviation } = planted[version]
    const values = scoresWithMean(chance, list.length, mean, deviation)
    list.forEach((job, i) => Object.assign(job, { score: helpfulness(values[i]), recordCost: i % 4 === 1 }))
  }
  scored(6)[11].overloads = [tooMany]
  scored(7)[14].overloads = [overloaded]
  scored(7)[27].overloads = [tooMany, tooMany]

  nights.forEach((night, i) =>
    add(day(5 + i), 2.5 + chance.between(0, 0.05), {
      kind: 'reviews',
      night,
      number: i + 1,
      recordCost: i >= 6,
      score: faithfulness(chance.pick([0.88, 0.93, 0.95, 0.97, 1])),
    }),
  )
  addWidget(add, day, someone)
  return jobs.sort(byTime)
}

const byTime = (a, b) => (a.at < b.at ? -1 : 1)

function addWidget(add, day, someone) {
  add(day(7), 21.1, {
    kind: 'stream',
    ...someone(),
    question: 'Which of your tents can I carry for a week on my own?',
    articles: ['SHP-1', 'WAR-1'],
    answer:
      'For a week alone the Halden 2 is the one most of us take: 1.7 kilos, up in five minutes, and room for you and a wet pack. If every gram counts, leave the footprint at home and pitch on grass. Standard delivery takes three to five working days, so order by Monday for a weekend start. The poles and seams are covered for two years.',
  })
  add(day(13), 21.3, {
    kind: 'stream',
    ...someone(),
    question: 'What do I wear under the Skarv shell at minus ten?',
    articles: ['SIZ-2', 'CAR-2'],
    answer:
      'A merino base layer, then the Fjell fleece while you move, and a thin down jacket for the breaks. The shell is cut for one layer, so go one size up if the down goes beneath it. Keep the fleece dry in your pack on the way up; you will want it at the top.',
  })
  add(day(17), 20.9, {
    kind: 'stream',
    ...someone(),
    question: 'Can I machine-wash my duffel?',
    articles: ['CAR-1', 'WAR-1'],
    answer:
      'Better not: the drum can crease the coating of the Tarn duffel. Rinse it with lukewarm water and mild soap, wipe the zip with a soft brush, and let it dry open and in the shade. A little zip wax once a year keeps it running in the cold.',
  })
  add(day(14), 21.5, {
    kind: 'reason',
    ...someone(),
    question:
      'Case desk_7k2m9p: order of 289 USD, one Halden 2 tent, delivered this morning. The customer reports a pole broken on arrival and wants a refund; two photos show a clean break at the ferrule and an undamaged carton. Customer since 2021, 14 orders, one earlier refund of 30 USD for a price adjustment.',
    reasoning:
      'The amount is above the limit of the worker, so a person or this review decides. A clean break at the ferrule points to a fault in the material, since bending would leave a crease. The carton is undamaged, so the carrier is not to blame. The customer has one small refund in fourteen orders, which is no pattern. The tent was delivered today, so it is inside the return period in any case. The only open point is whether the pole should come back to the supplier as evidence; that does not need to hold up the money.',
    answer:
      'Approve the full 289 USD. The photos show a fault in the material, the order is inside the return period, and nothing in the history speaks against it. Ask for the broken pole with the prepaid label, but do not make the refund wait for it.',
  })
  add(day(10), 21.6, {
    kind: 'lost-root',
    ...someone(),
    environment: 'staging',
    question: 'Do you have the Ember stove in stock in Denver?',
    answer:
      'The Ember stove is on back-order at the moment, in Denver too. The estimate in your account is updated every Monday, and we charge it only when it ships.',
  })
}
