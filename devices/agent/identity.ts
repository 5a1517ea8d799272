import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { chmod, mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { enrolText } from './protocol.ts'

const FILE = 'identity.json'
/** The key before the server has accepted it: a code whose answer was lost is sent again with the same key. */
const NEXT_FILE = 'identity.next.json'
const ENROL_MS = 15_000

interface Written {
  readonly server: string
  readonly agent: string
  readonly installation: string
  /** Of the code it was enrolled with: a service that is always started with its code enrols once. */
  readonly codeHash: string
  /** PKCS #8, PEM. */
  readonly privateKey: string
}

export interface Identity {
  /** Address of the server, without a slash at the end. */
  readonly server: string
  readonly agent: string
  readonly installation: string
  readonly key: KeyObject
  /** The raw public key, base64url. */
  readonly publicKey: string
  /** For this key's journal and nothing else. */
  readonly folder: string
}

/** What the person who starts the program has to read; no stack trace belongs to it. */
export class AgentRefused extends Error {
  constructor(words: string) {
    super(words)
    this.name = 'AgentRefused'
  }
}

/**
 * Who this agent is. With a code that was not used here yet, it makes a key (a file 0600), proves to the server that it has it, and becomes the
 * agent that the code is for; without one it is who it was.
 * @throws AgentRefused in words
 */
export async function takeIdentity(folder: string, server: string | null, code: string | null): Promise<Identity> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await chmod(folder, 0o700)
  const present = await readWritten(join(folder, FILE))
  if (code === null || (present !== null && present.codeHash === hashOf(code))) {
    if (present === null)
      throw new AgentRefused(
        '本机尚未登记：请由系统管理员生成登记码，用 --server 地址 --enrol 登记码 启动。/ ' +
          'Not enrolled yet: have the system administrator make a code, then start with --server URL --enrol CODE.',
      )
    return opened(folder, server === null ? present : { ...present, server: addressOf(server) })
  }
  if (server === null) throw new AgentRefused('登记时必须给出 --server 地址 / enrolling needs --server URL')
  const next = await nextKey(join(folder, NEXT_FILE), addressOf(server), code)
  const enrolled = await enrol(next, code)
  await replace(join(folder, NEXT_FILE), join(folder, FILE), { ...next, ...enrolled })
  return opened(folder, { ...next, ...enrolled })
}

/**
 * An agent's readings and orders are nobody else's business: without TLS it speaks to its own machine only.
 * @throws AgentRefused
 */
function addressOf(server: string): string {
  const url = URL.parse(server)
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw new AgentRefused(`--server 必须是 https:// 地址 / must be an https:// address: ${server}`)
  const own = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  if (url.protocol === 'http:' && !own)
    throw new AgentRefused(`到别的机器必须用 https:// / another machine is reached by https:// only: ${server}`)
  return url.origin
}

/** The same key for the same code, however often its answer is lost. */
async function nextKey(path: string, server: string, code: string): Promise<Written> {
  const waiting = await readWritten(path)
  if (waiting !== null && waiting.codeHash === hashOf(code)) return { ...waiting, server }
  const { privateKey } = generateKeyPairSync('ed25519')
  const next: Written = {
    ...{ server, agent: '', installation: '', codeHash: hashOf(code) },
    privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  }
  await writeDurably(path, next)
  return next
}

async function enrol(
  { server, privateKey }: Written,
  code: string,
): Promise<{ readonly agent: string; readonly installation: string }> {
  const key = createPrivateKey(privateKey)
  const publicKey = rawPublicKey(key)
  const signature = sign(null, enrolText(code, publicKey), key).toString('base64')
  let answer: Response
  try {
    answer = await fetch(`${server}/api/agents/enrol`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': hashOf(code) },
      body: JSON.stringify({ code, key: publicKey, signature }),
      signal: AbortSignal.timeout(ENROL_MS),
    })
  } catch (error) {
    throw new AgentRefused(`连不上服务器 / the server cannot be reached: ${server}: ${causeOf(error)}`)
  }
  const body = (await answer.json().catch(() => ({}))) as {
    agent?: string
    installation?: string
    words?: { detail?: { zh?: string; en?: string }; remedy?: { zh?: string; en?: string } }
  }
  if (answer.ok && body.agent !== undefined && body.installation !== undefined)
    return { agent: body.agent, installation: body.installation }
  const { detail, remedy } = body.words ?? {}
  throw new AgentRefused(
    `${detail?.zh ?? `HTTP ${answer.status}`}；${remedy?.zh ?? ''} / ${detail?.en ?? `HTTP ${answer.status}`}. ${remedy?.en ?? ''}`,
  )
}

function causeOf(error: unknown): string {
  const { message, cause } = error as Error
  return cause instanceof Error ? cause.message : message
}

async function opened(folder: string, { server, agent, installation, privateKey }: Written): Promise<Identity> {
  const key = createPrivateKey(privateKey)
  const publicKey = rawPublicKey(key)
  const own = join(folder, `key-${hashOf(publicKey).slice(0, 16)}`)
  await mkdir(own, { recursive: true, mode: 0o700 })
  return { server, agent, installation, key, publicKey, folder: own }
}

/**
 * The 32 bytes of the public half as base64url, as a JWK has them in `x` (RFC 8037); the key may be the private or the public one. Throws a
 * TypeError for a key of another kind.
 */
export function rawPublicKey(key: KeyObject): string {
  const { x } = createPublicKey(key).export({ format: 'jwk' })
  if (x === undefined) throw new TypeError('not an Ed25519 key')
  return x
}

function hashOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

async function readWritten(path: string): Promise<Written | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Written
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    if (error instanceof SyntaxError) throw new AgentRefused(`${path}: 文件损坏 / damaged file: ${error.message}`)
    throw error
  }
}

async function replace(from: string, to: string, written: Written): Promise<void> {
  await writeDurably(from, written)
  await rename(from, to)
}

/** Whole or not at all, and on disk when it resolves. */
export async function writeDurably(path: string, content: object): Promise<void> {
  const aside = `${path}.new`
  const file = await open(aside, 'w', 0o600)
  try {
    await file.writeFile(`${JSON.stringify(content)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(aside, path)
}
