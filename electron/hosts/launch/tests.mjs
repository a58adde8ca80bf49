import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBrowser } from '../find-browser.mjs'
import { ensureBuilt, root } from './build.mjs'
import { cutOff } from './cut-off.mjs'

const cut = cutOff()
const results = path.join(root, 'node_modules/.cache/test-results')

/** Each runner tells its own story on the way and leaves its counts in a file. */
const runners = {
  vitest: { run: runVitest, count: countVitest },
  'stand-in': { run: runStandIn, count: countStandIn },
  e2e: { run: runPlaywright, count: countPlaywright },
}

/**
 * Builds and runs every test; names pick runners, `--full` adds what is run rarely. The last line sums them all. A runner that ran nothing has failed:
 * it was started because there is something to run.
 */
export async function runTests(words) {
  const names = words.filter(word => word !== '--full')
  // Every density and a small window besides: what takes long and rarely finds more.
  if (words.includes('--full')) process.env.SPANWISE_FULL = '1'
  const unknown = names.find(name => !Object.hasOwn(runners, name))
  if (unknown !== undefined) {
    console.error(`There is no test runner ${unknown}; there are ${Object.keys(runners).join(', ')}.`)
    return 1
  }
  if (!(await ensureBuilt())) return finish({ passed: 0, failed: 1, skipped: 0 })
  rmSync(results, { recursive: true, force: true })
  mkdirSync(results, { recursive: true })
  console.log(
    cut
      ? 'Cut off from the network but for the loopback.'
      : 'This system does not let tests run cut off from the network.',
  )
  const sum = { passed: 0, failed: 0, skipped: 0 }
  for (const [name, { run, count }] of Object.entries(runners)) {
    if (names.length > 0 && !names.includes(name)) continue
    console.log(`\n— ${name} —`)
    const file = path.join(results, `${name}.json`)
    const status = run(file)
    const counts = readCounts(file, count)
    if (counts.passed + counts.failed + counts.skipped === 0 || (status !== 0 && counts.failed === 0)) {
      console.error(`${name} ended with status ${status} and ${counts.passed} tests passed: counted as a failure.`)
      counts.failed += 1
    }
    for (const key of Object.keys(sum)) sum[key] += counts[key]
  }
  return finish(sum)
}

function finish({ passed, failed, skipped }) {
  console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`)
  return failed === 0 ? 0 : 1
}

function readCounts(file, count) {
  try {
    return count(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return { passed: 0, failed: 0, skipped: 0 }
  }
}

/** Cut off from the network where the system lets us: what needs it fails. */
function node(words, env = {}) {
  const [command, ...all] = [...(cut ?? []), process.execPath, ...words]
  return spawnSync(command, all, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 1, 2] }).status ?? 1
}

function runVitest(file) {
  const report = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  return node(['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/vitest.config.ts', ...report])
}

function countVitest(report) {
  // A file that could not even be loaded has no tests to fail: it counts as one.
  const unloaded = report.testResults.filter(one => one.status === 'failed' && one.assertionResults.length === 0).length
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  }
}

function runStandIn(file) {
  const files = globSync('test/stand-in/*.test.mjs', { cwd: root })
  const reporter = fileURLToPath(new URL('count-reporter.mjs', import.meta.url))
  return node([
    '--test',
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    `--test-reporter=${reporter}`,
    `--test-reporter-destination=${file}`,
    ...files,
  ])
}

function countStandIn(report) {
  return report
}

function runPlaywright(file) {
  const browser = ensureBrowser()
  if (browser === undefined) return 1
  const cli = path.join(root, 'node_modules/@playwright/test/cli.js')
  if (!existsSync(cli)) return 1
  return node([cli, 'test', '-c', 'test/playwright.config.ts', '--reporter=list,json'], {
    CHROMIUM_PATH: browser,
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
    PLAYWRIGHT_FORCE_TTY: '0',
  })
}

function countPlaywright({ stats, errors }) {
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + (errors?.length ?? 0),
    skipped: stats.skipped,
  }
}
