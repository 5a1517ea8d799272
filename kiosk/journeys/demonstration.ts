/** The demonstration as a person starts it: a process of its own, real PostgreSQL, emulated devices on ptys and sockets. */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, glob, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { copyTold, TOLD_IN } from './told-once.ts'
import type { Codes, Demonstration as Shown, Instrument, ItemCode, ShownPerson } from '../../server/demo/protocol.ts'

/** Building the screens included, on a machine that does other things. */
const START_MS = 180_000
/** What else is told takes longer. */
const TELLING_MS = 600_000
const STOP_MS = 30_000
/** How long a page is given to show what it has to. */
const PATIENCE_MS = 45_000

export interface PrintedPage {
  readonly id: number
  /** False when the paper ended within it. */
  readonly whole: boolean
  readonly png: Buffer
}

/** What the API answered, whatever it was. */
export interface Answered {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

export interface Demonstration {
  readonly url: string
  readonly dataDir: string
  person(id: string): ShownPerson
  /** What a hand does to an emulated device. */
  emulate(device: string, deed: object): Promise<void>
  instrument(device: string): Promise<Instrument>
  /** The pages an emulated printer has put out, oldest first. */
  printed(device: string): Promise<readonly PrintedPage[]>
  /** Everything in the house that carries a code, as it is now. */
  codes(): Promise<Codes>
  /** The items of a case in their order, as they are now. */
  itemsOf(caseNumber: string): Promise<readonly ItemCode[]>
  /** Reads an API address as somebody. */
  get<T>(person: string, path: string): Promise<T>
  /** Asks the API for a deed as somebody, past every screen. */
  post(person: string, path: string, body: object): Promise<Answered>
  /** A page on which somebody is signed in, at an address of the site. */
  open(browser: Browser, person: string, path: string): Promise<Page>
  /** A page that is the screen of a station, one that is touched where it is said. */
  openBench(browser: Browser, station: string, touched?: boolean): Promise<Page>
  /** Ends the server as a power cut does. */
  kill(): Promise<void>
  /** Starts it again on the same folder and port. */
  resume(): Promise<void>
  stop(): Promise<void>
}

const ROOT = join(import.meta.dirname, '..', '..')
export const VIEWPORT = { width: 1280, height: 800 }

/**
 * Starts it on a fresh folder and a free port; resolves when the page is ready.
 * @param environment further settings of the server, and `told` what else it is to tell: with either, its history is told anew
 */
export async function startDemonstration(
  environment: Readonly<Record<string, string>> = {},
  told: readonly string[] = [],
): Promise<Demonstration> {
  const dataDir = await mkdtemp(join(tmpdir(), 'clearhold-journey-'))
  // Open to the account that the database runs under, so that all of it lies in this folder and goes with it.
  await chmod(dataDir, 0o755)
  const isUsual = Object.keys(environment).length === 0 && told.length === 0
  const kept = isUsual ? process.env[TOLD_IN] : undefined
  const begun = async () => {
    if (kept !== undefined) await copyTold(kept, dataDir, tell)
    const settings = ['--port', '0', ...told, ...(kept === undefined ? [] : ['--keep'])]
    return start(dataDir, settings, environment, told.length === 0 ? START_MS : TELLING_MS)
  }
  const started = await begun().catch(async (error: unknown) => {
    await clearAway(dataDir)
    throw error
  })
  let { child } = started
  const { url } = started
  const { people } = await answer<Shown>(fetch(`${url}/api/demo`))
  const tokens = new Map<string, string>()

  const person = (id: string): ShownPerson => {
    const found = people.find((one) => one.id === id)
    if (found === undefined) throw new Error(`the demonstration knows no ${id}`)
    return found
  }
  const tokenOf = async (id: string): Promise<string> => {
    const known = tokens.get(id)
    if (known !== undefined) return known
    const { login, password } = person(id)
    const { token } = await answer<{ token: string }>(post(`${url}/api/session`, { login, password }))
    tokens.set(id, token)
    return token
  }
  const instrument = (device: string): Promise<Instrument> => answer(fetch(`${url}/api/demo/emulators/${device}`))
  const codes = (): Promise<Codes> => answer(fetch(`${url}/api/demo/codes`))

  return {
    url,
    dataDir,
    person,
    instrument,
    codes,
    emulate: async (device, deed) => {
      await answer(post(`${url}/api/demo/emulators/${device}`, deed))
    },
    printed: async (device) => {
      const { printer } = await instrument(device)
      const pages = (printer?.pages ?? []).map(async ({ id, whole }) => {
        const picture = await fetch(`${url}/api/demo/emulators/${device}/pages/${id}.png`)
        if (!picture.ok) throw new Error(`page ${id} of ${device}: ${picture.status}`)
        return { id, whole, png: Buffer.from(await picture.arrayBuffer()) }
      })
      return (await Promise.all(pages)).reverse()
    },
    itemsOf: async (caseNumber) =>
      (await codes()).items
        .filter((item) => item.case === caseNumber)
        .toSorted((one, other) => one.ordinal - other.ordinal),
    get: async (id, path) =>
      answer(fetch(`${url}${path}`, { headers: { authorization: `Bearer ${await tokenOf(id)}` } })),
    post: async (id, path, body) => {
      const response = await post(`${url}${path}`, body, { authorization: `Bearer ${await tokenOf(id)}` })
      return { status: response.status, body: (await response.json()) as Answered['body'] }
    },
    open: async (browser, id, path) => {
      const page = await freshPage(browser)
      await page
        .context()
        .addCookies([{ name: 'clearhold', value: await tokenOf(id), url, httpOnly: true, sameSite: 'Strict' }])
      await page.goto(`${url}${path}`)
      return page
    },
    openBench: async (browser, station, touched = false) => {
      const { code } = await answer<{ code: string }>(post(`${url}/api/demo/stations/${station}/code`, {}))
      const page = await freshPage(browser, touched)
      const opened = await page.context().request.post(`${url}/api/stations/${station}/screen`, {
        headers: { 'idempotency-key': crypto.randomUUID() },
        data: { code },
      })
      if (!opened.ok()) throw new Error(`the page cannot be a screen of ${station}: ${await opened.text()}`)
      await page.goto(`${url}/bench/${station}`)
      await page.locator('section.verdict').waitFor()
      return page
    },
    kill: async () => {
      const exited = once(child, 'exit')
      child.kill('SIGKILL')
      await exited
    },
    resume: async () => {
      ;({ child } = await start(dataDir, ['--port', new URL(url).port, '--keep'], environment))
    },
    stop: async () => {
      await end(child)
      await clearAway(dataDir)
    },
  }
}

async function tell(dataDir: string): Promise<void> {
  const { child } = await start(dataDir, ['--port', '0'], {})
  await end(child)
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
  child.kill('SIGTERM')
  await exited
  clearTimeout(late)
}

async function freshPage(browser: Browser, hasTouch = false): Promise<Page> {
  const context = await browser.newContext({ viewport: VIEWPORT, locale: 'zh-CN', hasTouch })
  context.setDefaultTimeout(PATIENCE_MS)
  return context.newPage()
}

async function start(
  dataDir: string,
  settings: readonly string[],
  environment: Readonly<Record<string, string>>,
  patience_ms = START_MS,
): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, ['server/demo/main.ts', ...settings], {
    cwd: ROOT,
    env: { ...process.env, ...environment, NODE_ENV: 'production', DATA_DIR: dataDir, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  try {
    const url = await new Promise<string>((resolve, reject) => {
      const late = setTimeout(
        () => reject(new Error(`the demonstration did not start in ${patience_ms} ms:\n${said}`)),
        patience_ms,
      )
      const hear = (bytes: Buffer): void => {
        said += bytes.toString('utf8')
        const found = /^ {4}(http:\/\/\S+)$/m.exec(said)?.[1]
        if (found === undefined) return
        clearTimeout(late)
        resolve(found)
      }
      child.stdout.on('data', hear)
      child.stderr.on('data', hear)
      child.once('exit', (code) => {
        clearTimeout(late)
        reject(new Error(`the demonstration ended with ${code}:\n${said}`))
      })
    })
    return { child, url }
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
}

/** Removes the folder, with a database that a killed server has left behind and no later one has taken up. */
async function clearAway(dataDir: string): Promise<void> {
  for await (const file of glob('**/postmaster.pid', { cwd: dataDir })) {
    const pid = Number((await readFile(join(dataDir, file), 'utf8')).split('\n')[0])
    try {
      process.kill(pid, 'SIGQUIT')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
}

function post(address: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const all = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID(), ...headers }
  return fetch(address, { method: 'POST', headers: all, body: JSON.stringify(body) })
}

async function answer<T>(asked: Promise<Response>): Promise<T> {
  const response = await asked
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}
