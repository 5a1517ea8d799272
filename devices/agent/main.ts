import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { parseArgs } from 'node:util'
import { type AgentEvent, startAgent } from './agent.ts'
import { AgentRefused, takeIdentity } from './identity.ts'
import { holdAlone } from './single.ts'

const USAGE = `npm run agent -- --server URL --enrol CODE [--ca FILE] [--page PORT] [--devices FOLDER]
npm run agent                      已登记后 / once enrolled

--server URL   服务器地址，https:// / address of the server
--enrol CODE   系统管理员生成的一次性登记码 / the one-time code
--page PORT    本机页面的端口（默认 8791，0 为任选，none 为不开）/ port of this PC's own page
--devices FOLDER 设备文件所在目录（默认 /dev）/ where device files stand
--ca FILE      单位自己的 CA 证书，PEM / certificates of a private CA
DATA_DIR       密钥与日志的存放处（默认 ./data） / where key and journal lie`

const PAGE_PORT = 8_791

/** Runs until it is told to stop. Exit code: 0 stopped, 1 could not start, 2 wrong use. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      server: { type: 'string' },
      enrol: { type: 'string' },
      ca: { type: 'string' },
      page: { type: 'string', default: String(PAGE_PORT) },
      devices: { type: 'string', default: '/dev' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(`${USAGE}\n`)
    return 0
  }
  const pagePort = portOf(values.page)
  const folder = join(resolve(process.env['DATA_DIR'] ?? 'data'), 'agent')
  if (values.ca !== undefined)
    setDefaultCACertificates([...getCACertificates('default'), await readFile(values.ca, 'utf8')])
  const identity = await takeIdentity(folder, values.server ?? null, values.enrol ?? null)
  const letGo = await holdAlone(identity.folder)
  if (letGo === null) throw new AgentRefused(`另一个代理程序正在使用 ${folder} / another agent is running on ${folder}`)
  const stopped = Promise.withResolvers<undefined>()
  process.once('SIGINT', () => stopped.resolve(undefined))
  process.once('SIGTERM', () => stopped.resolve(undefined))
  const agent = await startAgent({
    identity,
    tell,
    now: () => Date.now(),
    monotonic: () => performance.now(),
    newId,
    pagePort,
    deviceFolder: resolve(values.devices),
  })
  await stopped.promise
  await agent.close()
  await letGo()
  return 0
}

/**
 * What happens, a line each on the console; that somebody has just voted is not for whoever stands before it. A program that started this one over
 * a channel of its own hears that there.
 */
function tell(event: AgentEvent): void {
  if (event.event === 'ballot-kept') process.send?.(event)
  else process.stdout.write(`${JSON.stringify(event)}\n`)
}

/** @throws AgentRefused */
function portOf(text: string): number | null {
  if (text === 'none') return null
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw new AgentRefused(`--page 应为端口号 / must be a port: ${text}`)
}

/** UUIDv7 (RFC 9562): sorts by the millisecond it was made in. */
function newId(at_ms: number): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(at_ms, 0, 6)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

try {
  process.exitCode = await main()
} catch (error) {
  const wrongUse = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
  const plain = wrongUse || error instanceof AgentRefused
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  process.stderr.write(`${plain ? message : stack}\n${wrongUse ? `${USAGE}\n` : ''}`)
  process.exitCode = wrongUse ? 2 : 1
}
