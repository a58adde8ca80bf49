// What a button adds to a request, in the words of each dialect.

import { expect, test } from 'vitest'
import { addOutput, addTool, chooseTool, toolChoices } from '../../renderer/views/replay/model/additions.ts'
import { formOf } from '../../renderer/views/replay/model/body-form.ts'
import { startDraft, undoStep } from '../../renderer/views/replay/model/draft.ts'
import type { JsonObject } from '../../shared/domain/json.ts'
import { dialectIds, type DialectId } from '../../shared/replay/types.ts'

const bare = '{"model": "m", "unknown": 1.0}'
const read = (text: string) => JSON.parse(text) as JsonObject

test.each(dialectIds)('%s: tools are added one by one, chosen, and undone in one step each', id => {
  const one = addTool(startDraft(bare), id, 'first')
  const two = addTool(one, id, 'second')
  const tools = formOf(two.now.text, id)!.tools
  expect(tools.map(({ name }) => name)).toEqual(['first', 'second'])
  expect(tools[1]!.fields.map(({ label }) => label).slice(0, 2)).toEqual(['name', 'description'])
  expect(two.now.text).toContain('"unknown": 1.0')
  expect(undoStep(two).now.text).toBe(one.now.text)
  expect(toolChoices(read(two.now.text), id, ['first', 'second']).now).toBe('not said')
})

// Ollama has no such thing.
test.each(dialectIds.filter(id => id !== 'ollama-chat'))('%s: which tool to call is said, and unsaid', id => {
  const two = addTool(addTool(startDraft(bare), id, 'first'), id, 'second')
  const { choices } = toolChoices(read(two.now.text), id, ['first', 'second'])
  expect([...choices.keys()]).toEqual(['auto', 'none', 'required', 'only first', 'only second'])
  const chosen = chooseTool(two, choices, 'only second')
  expect(toolChoices(read(chosen.now.text), id, ['first', 'second']).now).toBe('only second')
  expect(chooseTool(chosen, choices, 'not said').now.text).toBe(two.now.text)
  expect(undoStep(chosen).now.text).toBe(two.now.text)
})

test.each<[DialectId, JsonObject]>([
  ['openai-chat', {}],
  ['openai-responses', { text: { verbosity: 'low' } }],
  ['anthropic', {}],
  ['gemini', { generationConfig: { temperature: 0 } }],
  ['ollama-chat', {}],
])('%s: a form of the answer stands beside what was there', (id, before) => {
  const history = startDraft(JSON.stringify(before))
  const form = addOutput(history, id)
  expect(formOf(form.now.text, id)!.output.length).toBeGreaterThan(0)
  expect(read(form.now.text)).toMatchObject(before)
  expect(undoStep(form).now).toBe(history.now)
})
