import { expect, test } from 'vitest'
import { renderDraft } from '../../shared/prompts/render-template.ts'

test.each([
  ['Hi {{name}}, {{ name }}!', { name: 'Ada' }, 'Hi Ada, Ada!', []],
  ['{{a}}{{b}}', { a: '{{b}}', b: '$&' }, '{{b}}$&', []],
  ['{{a}} {{b}} {{b}}', { a: '1', b: '' }, '1 {{b}} {{b}}', ['b']],
  ['a {name} and {other}', { name: 'Ada' }, 'a Ada and {other}', []],
  ['{{toString}}', {}, '{{toString}}', ['toString']],
])('values take their places, and nothing else does: %j', (template, variables, text, missing) => {
  expect(renderDraft({ template, variables })).toEqual({ text, missing })
})
