import type { Command, ExitCode } from './command.ts'
import { readPort } from './command.ts'
import { readTargets } from './targets.ts'
import { storeOf, storeOption } from './inspect.ts'

export const serve: Command = {
  name: 'serve',
  summary: 'serve the app to a browser on this machine, and print its address',
  usage: 'spanwise serve [files… | LINK] [--store FILE] [--port N]',
  help: ['--port N      a fixed port instead of a free one'],
  options: { ...storeOption, port: { type: 'string' } },
  run: async words => {
    const { runBrowserHost } = await import('../browser/host.ts')
    const exitCode = await runBrowserHost({
      storePath: storeOf(words),
      port: readPort(words.text('port')),
      ...readTargets(words.positionals),
      withSample: false,
      opensWindow: false,
    })
    return exitCode as ExitCode
  },
}
