import { test } from './app.ts'
import { newcomerFlow } from './flow.ts'

test('a newcomer opens the sample, finds the failing tool and reads why, with the keyboard alone', async ({ app }) => {
  await newcomerFlow(app.page)
})
