import type { Random } from '../../helpers/random.ts'

// What generated prompts and the values in them are made of.

export const roles = [
  'support agent',
  'refund specialist',
  'travel planner',
  'SQL assistant',
  'code reviewer',
  'tax adviser',
  'tutor',
  'release manager',
  'medical scribe',
  'recruiter',
  'legal analyst',
  'data steward',
  'copy editor',
  'shop assistant',
  'security analyst',
  'translator',
  'sales coach',
  'librarian',
  'incident commander',
  'quality inspector',
] as const

export const companies = [
  'Acme',
  'Northwind',
  'Contoso',
  'Globex',
  'Initech',
  'Umbrella Foods',
  'Hooli',
  'Stark Parts',
  'Wayne Freight',
  'Tyrell Labs',
  'Wonka Sweets',
  'Cyberdyne',
  'Aperture',
  'Vandelay',
  'Soylent',
  'Oscorp',
] as const

export const verbs = [
  'answer',
  'summarise',
  'classify',
  'rewrite',
  'extract',
  'compare',
  'check',
  'explain',
  'translate',
  'rank',
  'list',
  'quote',
  'cite',
  'verify',
  'count',
  'shorten',
  'expand',
  'label',
  'escalate',
  'refuse',
  'confirm',
  'repeat',
] as const

export const things = [
  'the question',
  'the order',
  'the invoice',
  'the policy',
  'the passage',
  'each claim',
  'the contract',
  'the ticket',
  'the code',
  'the table',
  'the address',
  'the price',
  'the deadline',
  'the warranty',
  'the itinerary',
  'the symptom',
  'the error',
  'the schema',
  'the release note',
  'the complaint',
  'the result',
  'the source',
  'the amount',
  'the name',
] as const

export const manners = [
  'briefly',
  'in plain words',
  'in at most three sentences',
  'step by step',
  'as JSON',
  'as a table',
  'politely',
  'without speculation',
  'in the language of the user',
  'with one example',
  'with numbers',
  'as bullet points',
  'before anything else',
  'only when asked',
  'in British spelling',
  'with the policy number',
  'in under 80 words',
] as const

export const conditions = [
  'If the amount is over',
  'When the user is angry',
  'If a tool fails',
  'When the document is empty',
  'If you are not sure',
  'When two sources disagree',
  'If the deadline has passed',
  'When a name is missing',
  'If the request is unsafe',
  'When nothing was found',
  'If the customer is new',
  'When prices changed',
  'If the text is cut',
  'When dates conflict',
] as const

export const elsewhere = {
  de: [
    'Antworte immer auf Deutsch und bleibe höflich.',
    'Nenne die Quelle jeder Aussage.',
    'Wenn du unsicher bist, frage nach.',
    'Fasse den Vorgang in zwei Sätzen zusammen.',
    'Gib niemals interne Nummern preis.',
    'Prüfe zuerst die Frist.',
    'Schreibe Beträge mit zwei Nachkommastellen.',
    'Verwende keine Abkürzungen.',
    'Lehne unsichere Anfragen ab.',
  ],
  ja: [
    '必ず日本語で丁寧に答えてください。',
    '出典を最後に書いてください。',
    '分からない場合は質問してください。',
    '金額は税込みで示してください。',
    '個人情報を繰り返さないでください。',
    '結論を最初に述べてください。',
    '三文以内で要約してください。',
    '規約の番号を引用してください。',
    '危険な依頼は断ってください。',
  ],
  ar: [
    'أجب دائماً باللغة العربية.',
    'اذكر المصدر في نهاية الإجابة.',
    'إذا لم تكن متأكداً فاسأل المستخدم.',
    'لخص الطلب في جملتين.',
    'لا تكرر البيانات الشخصية.',
    'تحقق من الموعد أولاً.',
    'اكتب المبلغ بالأرقام.',
    'ارفض الطلبات غير الآمنة.',
    'استخدم لغة بسيطة.',
  ],
} as const

const people = [
  'Ada Byron',
  'Bob Miller',
  'Chandra Rao',
  'Dilek Yılmaz',
  'Élodie Martin',
  'Femi Okafor',
  'Grace Hopper',
  'Hiro Tanaka',
  'Inés García',
  'Jonas Weber',
  'Katarzyna Nowak',
  'Liam O’Brien',
  'Mei Lin',
  'Noor Haddad',
  'Olga Petrova',
  'Priya Shah',
  'Quentin Dubois',
  'Rosa Álvarez',
  'Sven Lindqvist',
  'Tomás Silva',
  'Uma Iyer',
  'Viktor Horváth',
  'Wanjiru Kamau',
] as const

const nouns =
  'parcel warranty refund invoice battery router cable flight hotel seat lamp kettle jacket boots phone tablet charger order account password card bank bus ticket window door key garden chair table bread coffee train bridge river office desk printer screen'.split(
    ' ',
  )
const acts =
  'arrived broke vanished failed stopped changed opened closed moved waited returned shipped cracked leaked expired doubled'.split(
    ' ',
  )

export function person(random: Random): string {
  return random.pick(people)
}

/** What a user might write: in no one order, so that no word stands in all of them. */
export function sentence(random: Random): string {
  const noun = () => random.pick(nouns)
  const act = () => random.pick(acts)
  const when = random.pick([
    'yesterday',
    'last week',
    'on Monday',
    'twice',
    'again',
    'this morning',
    'after the update',
  ])
  const said = [
    () => `My ${noun()} ${act()} ${when} and the ${noun()} ${act()} too`,
    () => `${when} our ${noun()} ${act()}, no idea why`,
    () => `Where is ${person(random)}’s ${noun()}`,
    () => `How much does a ${noun()} cost if ${noun()} and ${noun()} ${act()}`,
    () => `I need ${1 + random.below(40)} ${noun()}s by ${when}`,
    () => `${noun()} ${act()}`,
    () => `Can ${person(random)} change this ${noun()} for another ${noun()} ${when}`,
    () => `Hello! it ${act()} ${when}: ${noun()}, ${noun()}, everything`,
    () => `please send ${person(random)} one ${noun()}`,
  ]
  return `${random.pick(said)()}${random.pick(['.', '!', ', please help.', '?', ''])}`
}

export function paragraph(random: Random): string {
  return Array.from({ length: 3 + random.below(6) }, () => sentence(random)).join(' ')
}
