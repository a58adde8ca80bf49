import type { Random } from '../../helpers/random.ts'

/** The words most texts are made of, most frequent first. */
const common =
  'the of and to a in is it you that he was for on are with as I his they be at one have this from or had by hot but some what there we can out other were all your when up use word how said an each she which do their time if will way about many then them would write like so these her long make thing see him two has look more day could go come did my sound no most number who over know water than call first people may down side been now find any new work part take get place made live where after back little only round man year came show every good me give our under name very through just form much great think say help low line before turn cause same mean differ move right boy old too does tell sentence set three want air well also play small end put home read hand port large spell add even land here must big high such follow act why ask men change went light kind off need house picture try us again animal point mother world near build self earth father head stand own page should country found answer school grow study still learn plant cover food sun four thought let keep eye never last door between city tree cross since hard start might story saw far sea draw left late run while press close night real life few stop open seem together next white children begin got walk example ease paper often always music those both mark book letter until mile river car feet care second group carry took rain eat room friend began idea fish mountain north once base hear horse cut sure watch color face wood main enough plain girl usual young ready above ever red list though feel talk bird soon body dog family direct pose leave song measure state product black short numeral class wind question happen complete ship area half rock order fire south problem piece told knew pass farm top whole king size heard best hour better true during hundred am remember step early hold west ground interest reach fast five sing listen six table travel less morning ten simple several vowel toward war lay against pattern slow center love person money serve appear road map science rule govern pull cold notice voice fall power town fine certain fly unit lead cry dark machine note wait plan figure star box noun field rest correct able pound done beauty drive stood contain front teach week final gave green quick develop sleep warm free minute strong special mind behind clear tail produce fact street inch lot nothing course stay wheel full force blue object decide surface deep moon island foot yet busy test record boat common gold possible plane age dry wonder laugh thousand ago ran check game shape yes miss brought heat snow bed bring sit perhaps fill east weight language among'.split(
    ' ',
  )

const syllables = (
  'ba be bi bo bu ca ce ci co cu da de di do du fa fe fi fo ga ge gi go la le li lo lu ma me mi mo mu na ne ni no nu pa pe ' +
  'pi po ra re ri ro ru sa se si so su ta te ti to tu va ve vi vo za ze con pre tion ment ing er ist al ous ive ity est ' +
  'inter trans sub able'
).split(' ')

export interface Vocabulary {
  readonly words: readonly string[]
  /** 2^20 slots holding word numbers, each as often as Zipf's law (exponent 1.05) says. */
  readonly slots: Uint16Array
}

const slotCount = 1 << 20

/** Common words first, then invented ones: real dumps have rare words, and those decide how texts compress. */
export function makeVocabulary(random: Random, size = 60_000): Vocabulary {
  const words = [...common]
  const seen = new Set(words.map(word => word.toLowerCase()))
  while (words.length < size) {
    const count = 2 + random.below(3)
    let word = ''
    for (let i = 0; i < count; i++) word += random.pick(syllables)
    if (seen.has(word)) continue
    seen.add(word)
    words.push(word)
  }
  const share = (rank: number) => 1 / (rank + 2.7) ** 1.05
  let sum = 0
  for (let rank = 0; rank < size; rank++) sum += share(rank)
  const slots = new Uint16Array(slotCount)
  let filled = 0
  let until = 0
  for (let rank = 0; rank < size; rank++) {
    until += share(rank) / sum
    const end = Math.min(slotCount, Math.round(until * slotCount))
    slots.fill(rank, filled, end)
    filled = Math.max(filled, end)
  }
  return { words, slots }
}

/** Writes prose of about the asked length: sentences, paragraphs, now and then code, an id or an address. */
export class Writer {
  readonly #random: Random
  readonly #vocabulary: Vocabulary

  constructor(random: Random, vocabulary: Vocabulary) {
    this.#random = random
    this.#vocabulary = vocabulary
  }

  /** A word that is neither very common nor very rare. */
  word(): string {
    return this.#vocabulary.words[500 + this.#random.below(5000)] ?? ''
  }

  text(length: number): string {
    const random = this.#random
    // 12 % of the texts hold characters past Latin-1.
    const typographic = random.below(100) < 12
    let text = ''
    let inSentence = 0
    let inParagraph = 0
    while (text.length < length) {
      const bits = random.bits()
      const word = this.#vocabulary.words[this.#vocabulary.slots[bits & (slotCount - 1)] ?? 0] ?? ''
      text += inSentence === 0 ? word.charAt(0).toUpperCase() + word.slice(1) : word
      inSentence++
      const chance = bits >>> 20
      if (inSentence > 6 && chance < 300) {
        text += typographic && bits >>> 28 > 0 ? ' — ' : '. '
        inSentence = 0
        if (++inParagraph > 4 && (bits & 3) === 0) {
          text += '\n\n'
          inParagraph = 0
        }
      } else if (chance < 420) text += typographic && (bits & 7) === 0 ? '’s ' : ', '
      else text += ' '
    }
    return text + this.#ornament()
  }

  #ornament(): string {
    const random = this.#random
    const k = random.below(1000)
    let text = ''
    if (k < 120) {
      text += `\n\`\`\`python\ndef ${this.word()}_${this.word()}(x, y=None):\n    if x is None:\n`
      text += `        raise ValueError("bad ${this.word()}")\n    return [z for z in range(${random.below(1000)})]\n\`\`\`\n`
    }
    if (k % 5 === 0) text += ` req_${random.bits().toString(16)}${random.bits().toString(16)}`
    if (k % 11 === 0) text += ` https://${this.word()}.example.com/${this.word()}/${random.below(1e6)}?q=${this.word()}`
    return text
  }
}
