// Finds a Chromium for the browser host's window and for the tests. Plain JavaScript: the launcher loads it on any Node.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'

/** The first Chromium, Chrome or Edge on this machine; `CHROMIUM_PATH` goes before all. */
export function findBrowser(env = process.env, platform = process.platform) {
  if (env.CHROMIUM_PATH) return existsSync(env.CHROMIUM_PATH) ? env.CHROMIUM_PATH : undefined
  return [...installed(env, platform), ...playwrights(env, platform)].find(file => existsSync(file))
}

/** The one command that brings a browser, where we cannot run it ourselves. */
export function browserAdvice(platform = process.platform) {
  if (platform === 'linux' && existsSync('/usr/bin/apt-get')) return 'sudo apt-get install chromium'
  return 'npx playwright install chromium'
}

/**
 * A browser for the tests: the one that is here, else Debian's, when we are root on Debian. Undefined after saying the
 * one command that helps.
 */
export function ensureBrowser() {
  const found = findBrowser()
  if (found) return found
  const isRootOnDebian = existsSync('/etc/debian_version') && process.getuid?.() === 0
  if (isRootOnDebian && !process.env.CHROMIUM_PATH) {
    console.log('No browser for the end-to-end tests: installing chromium with apt-get.')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const run = (...words) => spawnSync('apt-get', words, { stdio: ['ignore', 2, 2], env }).status === 0
    if (run('update', '-q') && run('install', '-q', '-y', '--no-install-recommends', 'chromium')) {
      const fresh = findBrowser()
      if (fresh) return fresh
    }
  }
  console.error(
    process.env.CHROMIUM_PATH
      ? `CHROMIUM_PATH names ${process.env.CHROMIUM_PATH}, which does not exist.`
      : `The end-to-end tests need a Chromium, Chrome or Edge. Run: ${browserAdvice()}`,
  )
  return undefined
}

function installed(env, platform) {
  if (platform === 'darwin') {
    const names = ['Chromium', 'Google Chrome', 'Microsoft Edge', 'Google Chrome for Testing']
    return ['/Applications', path.join(homedir(), 'Applications')].flatMap(folder =>
      names.map(name => `${folder}/${name}.app/Contents/MacOS/${name}`),
    )
  }
  if (platform === 'win32') {
    const folders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(Boolean)
    const names = [
      'Google/Chrome/Application/chrome.exe',
      'Microsoft/Edge/Application/msedge.exe',
      'Chromium/Application/chrome.exe',
    ]
    return folders.flatMap(folder => names.map(name => path.join(folder, name)))
  }
  const names = [
    'chromium',
    'chromium-browser',
    'google-chrome-stable',
    'google-chrome',
    'microsoft-edge-stable',
    'microsoft-edge',
  ]
  const folders = [...new Set([...(env.PATH ?? '').split(':'), '/usr/bin', '/usr/local/bin', '/snap/bin'])].filter(
    Boolean,
  )
  return names.flatMap(name => folders.map(folder => path.join(folder, name)))
}

/** Browsers that Playwright keeps, newest first. */
function playwrights(env, platform) {
  const cache =
    env.PLAYWRIGHT_BROWSERS_PATH && env.PLAYWRIGHT_BROWSERS_PATH !== '0'
      ? env.PLAYWRIGHT_BROWSERS_PATH
      : ({
          darwin: path.join(homedir(), 'Library/Caches/ms-playwright'),
          win32: path.join(env.LOCALAPPDATA ?? homedir(), 'ms-playwright'),
        }[platform] ?? path.join(env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'ms-playwright'))
  let kept = []
  try {
    kept = readdirSync(cache).filter(name => /^chromium-\d+$/.test(name))
  } catch {
    return []
  }
  kept.sort((a, b) => Number(b.slice(9)) - Number(a.slice(9)))
  const inside = [
    'chrome-linux/chrome',
    'chrome-linux64/chrome',
    'chrome-win/chrome.exe',
    'chrome-win64/chrome.exe',
    'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
    'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  ]
  return kept.flatMap(name => inside.map(file => path.join(cache, name, file)))
}
