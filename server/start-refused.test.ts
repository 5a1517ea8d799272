import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ConfigRefused } from './config.ts'
import { wordsOfRefusedStart } from './start-refused.ts'

const START_MS = 60_000

let taken: Server
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clearhold-refused-'))
  taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  taken.close()
  await rm(folder, { recursive: true })
})

function portTaken(): number {
  const address = taken.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function thrownBy(deed: () => Promise<unknown>): Promise<string> {
  return deed().then(() => '', wordsOfRefusedStart)
}

it('names what is missing, taken or not allowed, without a stack', async () => {
  const nothing = join(folder, 'nothing')
  expect(await thrownBy(() => readFile(nothing))).toBe(`找不到 ${nothing} / there is no ${nothing}`)
  const listening = (host: string) =>
    new Promise((resolve, reject) =>
      createServer()
        .once('error', reject)
        .listen(portTaken(), host, () => resolve(null)),
    )
  expect(await thrownBy(() => listening('127.0.0.1'))).toMatch(/^127\.0\.0\.1:\d+ 已被占用.*is taken/)
  expect(await thrownBy(() => listening('192.0.2.1'))).toMatch(/^192\.0\.2\.1 不是本机地址.*look at HOST/)
  expect(wordsOfRefusedStart(new ConfigRefused('PORT', 'x is no port'))).toBe('PORT: x is no port')
})

it('keeps the stack of what nobody expected', () => {
  const bug = new TypeError('undefined is no function')
  expect(wordsOfRefusedStart(bug)).toBe(bug.stack)
})

it.each([
  { asked: 'a port that is taken', args: () => ['--port', String(portTaken())], says: /^127\.0\.0\.1:\d+ 已被占用/ },
  { asked: 'no port', args: () => ['--port', 'x'], says: /^PORT: x is no port/ },
  { asked: 'an option that there is not', args: () => ['--keeep'], says: /^参数不对.*--keeep/ },
])(
  'the demonstration says in one line why it does not start: $asked',
  async ({ args, says }) => {
    const main = join(import.meta.dirname, 'demo', 'main.ts')
    const ended = await new Promise<{ failed: boolean; stderr: string }>((resolve) => {
      const env = { ...process.env, DATA_DIR: folder }
      execFile(process.execPath, [main, ...args()], { env, timeout: START_MS }, (error, _stdout, stderr) =>
        resolve({ failed: error !== null, stderr }),
      )
    })
    expect(ended.failed).toBe(true)
    expect(ended.stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(says)])
  },
  START_MS,
)
