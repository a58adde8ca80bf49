import { expect, test } from 'vitest'
import { fillSlots, renderDraft } from '../../shared/prompts/render-template.ts'
import { valuesInText, writtenSlots } from '../../shared/prompts/written-template.ts'

test.each([
  ['Hi {{name}}, {{ name }}!', { name: 'Ada' }, 'Hi Ada, Ada!', []],
  ['{{a}}{{b}}', { a: '{{b}}', b: '$&' }, '{{b}}$&', []],
  ['{{a}} {{b}} {{b}}', { a: '1', b: '' }, '1 {{b}} {{b}}', ['b']],
  ['a {name} and {other}', { name: 'Ada' }, 'a Ada and {other}', []],
  ['{{toString}}', {}, '{{toString}}', ['toString']],
])('values take their places, and nothing else does: %j', (template, variables, text, missing) => {
  expect(renderDraft({ template, variables })).toEqual({ text, missing })
})

test('the values of a text that was made from a template are found in it; what was not made from it has none', () => {
  const template = writtenSlots({ template: 'Hi {{name}}, the {{tier}} tier.\n{{note}}{{name}}!' })
  const made = (text: string) => {
    const found = valuesInText(template, text)
    return found && Object.fromEntries(found)
  }
  for (const values of [
    { name: 'Ada', tier: 'Gold', note: '' },
    { name: 'x, y', tier: 'a tier', note: '' },
  ]) {
    expect(made(fillSlots(template, new Map(Object.entries(values))).text)).toMatchObject(values)
  }
  expect(made('Hi Ada, the Gold tier.\nBob!')).toBeUndefined()
  expect(made('Hi Ada, the Gold tier.\nAda! Be brief.')).toBeUndefined()
  expect(made('Hello Ada, the Gold tier.\nAda!')).toBeUndefined()
  expect(valuesInText(writtenSlots({ template: 'a{{x}}a' }), 'a')).toBeUndefined()
  expect(valuesInText({ text: 'same', slots: [] }, 'same')).toEqual(new Map())
})
