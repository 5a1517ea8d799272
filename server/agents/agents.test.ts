import { createPrivateKey, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { copyFile, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { rawPublicKey } from '../../devices/agent/identity.ts'
import { enrolText, type FromAgent, helloText, type ToAgent } from '../../devices/agent/protocol.ts'
import { type JournalReading, sealRecord } from '../../devices/journal-record.ts'
import { type EmulatedPrinter, startLabelPrinter } from '../../devices/emulators/label-printer.ts'
import { type EmulatedScale, startScale } from '../../devices/emulators/scale.ts'
import { type EmulatedScanner, startScanner } from '../../devices/emulators/scanner.ts'
import { CODE_BYTES_MAX } from '../../devices/scanner/scan.ts'
import { newId } from '../id.ts'
import { readDevices } from '../stations/device-states.ts'
import type { AgentRow } from './protocol.ts'
import type { ShownReading } from '../stations/protocol-devices.ts'
import { readStations } from '../stations/registry.ts'
import { STALE_MS } from '../stations/lateness.ts'
import { AgentBench, SYSTEM_ADMIN } from './testing.ts'
import { journalOn, scanReading } from './testing-journal.ts'
import { type AgentProcess, until } from './testing-process.ts'

let bench: AgentBench
let scanner: EmulatedScanner
let scale: EmulatedScale
let printer: EmulatedPrinter
let agent: AgentProcess
let code: string
let first: Awaited<ReturnType<AgentBench['startServer']>>
let second: Awaited<ReturnType<AgentBench['startServer']>>

const PC = 'hall-pc'
const SCALE = { agent: PC, station: 'bench-1', device: 'scale-1' }
const PRINTER = { agent: PC, station: 'bench-1', device: 'printer-1' }
const PAGE = { width: 16, height: 2, rowBytes: 2, bits: Buffer.from([0xff, 0x00, 0x0f, 0xf0]) }

beforeAll(async () => {
  bench = await AgentBench.open()
  scanner = await startScanner({ listen: `pty:${join(bench.folder, 'scanner')}` })
  scale = await startScale({ listen: 'tcp:0' })
  printer = await startLabelPrinter({ protocol: 'zpl', dpi: 203, widthMm: 100, heightMm: 60, listen: 'tcp:0' })
  await bench.setUp('bench-1', [
    { id: 'scanner-1', kind: 'scanner', protocol: 'line', port: `agent:${PC}/${scanner.address}` },
    { id: 'scale-1', kind: 'scale', protocol: 'mt-sics', port: `agent:${PC}/${scale.address}` },
    { id: 'printer-1', kind: 'label-printer', protocol: 'zpl', port: `agent:${PC}/${printer.address}`, dpi: 203 },
  ])
  first = await bench.startServer()
  second = await bench.startServer({ serves: false })
  code = await bench.invite(PC)
  agent = bench.start(PC, code)
  await allReady()
}, 120_000)

afterAll(async () => {
  await bench.close()
  for (const device of [scanner, scale, printer]) await device.close()
}, 60_000)

async function allReady(): Promise<void> {
  await agent.saw('joined')
  for (const device of ['scanner-1', 'scale-1', 'printer-1']) await agent.deviceReady(device)
  await shown('scanner-1', 'ready')
}

/** Waits until the server says this of a device. */
async function shown(device: string, state: string): Promise<void> {
  await until(`${device} ${state}`, async () => {
    const rows = await readDevices(bench.db, await readStations(bench.db), bench.now())
    return rows.find(({ id }) => id === device)?.state === state ? true : null
  })
}

async function arrived(text: string): Promise<void> {
  await until(`${text} at the server`, async () =>
    (await bench.scans()).some((one) => one.text === text && one.effects === 1) ? true : null,
  )
}

async function restarted(): Promise<void> {
  await agent.kill()
  agent = bench.start(PC)
  await allReady()
}

/** A file of the agent's one key. */
async function journalFile(): Promise<string> {
  const folder = join(bench.dataDir(PC), 'agent')
  const own = (await readdir(folder)).find((name) => name.startsWith('key-'))
  return join(folder, own ?? '', 'journal')
}

describe('readings', () => {
  test('a scan on another PC has its effect at the station, once', async () => {
    await scanner.scan('HELLO-1')
    await arrived('HELLO-1')
    expect(await bench.scans()).toMatchObject([{ n: 1, text: 'HELLO-1', effects: 1 }])
    const row = await bench.row(PC)
    expect(row).toMatchObject({ state: 'joined', records: 1, fault: null, faults: [] })
    // Both are on one machine: what is measured is the way there and back.
    expect(Math.abs(row.clockOffset_ms ?? Infinity)).toBeLessThan(60_000)
  })

  test(
    'what was scanned while the line was away is drained in order, refused aloud as stale, and kept',
    { timeout: 120_000 },
    async () => {
      bench.proxy.keepCut()
      await agent.saw('away')
      const before = agent.of('kept').length
      for (const text of ['AWAY-1', 'AWAY-2', 'AWAY-3']) await scanner.scan(text)
      await agent.saw('kept', before + 3)
      const kept_ms = Date.now()
      await until('what was seen being stale', () => (Date.now() - kept_ms > STALE_MS ? true : null))
      bench.proxy.mend()
      await arrived('AWAY-3')
      const drained = (await bench.scans()).filter(({ text }) => text.startsWith('AWAY'))
      expect(drained.map(({ text, outcome }) => [text, outcome])).toEqual([
        ['AWAY-1', 'stations.stale'],
        ['AWAY-2', 'stations.stale'],
        ['AWAY-3', 'stations.stale'],
      ])
    },
  )

  test('an acknowledgement that is cut at any byte doubles nothing', { timeout: 300_000 }, async () => {
    const texts: string[] = []
    for (let bytes = 0; bytes < 60; bytes += 6) {
      const text = `CUT-${bytes}`
      texts.push(text)
      await agent.saw('joined')
      bench.proxy.cutAfter(bytes)
      await scanner.scan(text)
      await arrived(text)
    }
    bench.proxy.mend()
    const found = (await bench.scans()).filter(({ text }) => text.startsWith('CUT-'))
    expect(found.map(({ text }) => text)).toEqual(texts)
    expect(found.every(({ effects }) => effects === 1)).toBe(true)
  })

  test(
    'the longest code there is, and a badge as long, hold up nothing behind them',
    { timeout: 120_000 },
    async () => {
      await agent.kill('SIGTERM')
      const journal = await journalOn(bench.dataDir(PC))
      const long = '7'.repeat(CODE_BYTES_MAX)
      await journal.append(scanReading(long))
      await journal.append({ ...scanReading(long), value: { kind: 'badge', badge: long } })
      await journal.close()
      agent = bench.start(PC)
      await allReady()
      await scanner.scan('BEHIND-IT')
      await arrived('BEHIND-IT')
      expect((await bench.scans()).find(({ text }) => text === long)).toMatchObject({ effects: 1 })
    },
  )

  test(
    'a reading of a device that is no longer behind the agent is kept, does nothing, and a person sees it',
    { timeout: 120_000 },
    async () => {
      bench.proxy.keepCut()
      await agent.saw('away')
      const before = agent.of('kept').length
      await scanner.scan('NOT-MINE')
      await agent.saw('kept', before + 1)
      const all = (await readStations(bench.db)).find(({ id }) => id === 'bench-1')
      if (all === undefined) throw new Error('no bench')
      const { id: station, name, kind, place } = all
      const settings = { name, kind, place, devices: all.devices }
      const configure = (devices: object[], cause: string) =>
        bench.server.deps.act(
          { person: SYSTEM_ADMIN },
          { type: 'stations.configure', station, ...settings, devices },
          { cause },
        )
      await configure(
        settings.devices.filter(({ id }) => id !== 'scanner-1'),
        'without',
      )
      bench.proxy.mend()
      await until('the fault', async () =>
        (await bench.row(PC)).faults.some(({ code: one }) => one === 'not-its-device') ? true : null,
      )
      expect((await bench.scans()).find(({ text }) => text === 'NOT-MINE')).toMatchObject({ effects: 0 })
      await configure([...settings.devices], 'with')
      await restarted()
    },
  )
})

describe('devices', () => {
  test('are gone when their agent is, and ready when it is back', { timeout: 120_000 }, async () => {
    bench.proxy.keepCut()
    await shown('scanner-1', 'gone')
    expect(await bench.row(PC)).toMatchObject({ state: 'away' })
    bench.proxy.mend()
    await shown('scanner-1', 'ready')
  })

  test('show who watches them what they see, from the process that hears them, and what they saw last', async () => {
    const heard: ShownReading[] = []
    const [here, elsewhere] = [first, second].map(({ desk }) =>
      desk.watch('bench-1', 'scanner-1', (reading) => heard.push(reading)),
    )
    expect([here?.driven, elsewhere?.driven]).toEqual([true, false])
    await scanner.scan('6901234567892')
    await arrived('6901234567892')
    here?.leave()
    elsewhere?.leave()
    const seen = { kind: 'scan', text: '•••••••••••92<CR>' }
    expect(heard).toMatchObject([seen])
    await until('what was seen last', async () => {
      const rows = await readDevices(bench.db, await readStations(bench.db), bench.now())
      return rows.find(({ id }) => id === 'scanner-1')?.lastReading?.text === seen.text ? true : null
    })
  })

  test('count on that PC what their drivers count, and the server adds it', { timeout: 120_000 }, async () => {
    await until('a second sight that is named as one', async () => {
      await scanner.scan('6901234567899')
      const rows = await readDevices(bench.db, await readStations(bench.db), bench.now())
      return (rows.find(({ id }) => id === 'scanner-1')?.repeats ?? 0) > 0 ? true : null
    })
  })

  test('a line that is dead but not closed is noticed', { timeout: 120_000 }, async () => {
    bench.proxy.stall()
    await shown('scanner-1', 'gone')
    bench.proxy.mend()
    bench.proxy.cut()
    await shown('scanner-1', 'ready')
  })

  test(
    'weigh and print, from the process that has the agent and from one that has not',
    { timeout: 120_000 },
    async () => {
      for (const { agents } of [first, second]) {
        scale.load(100_000)
        const weighed = await until('a weight', async () => {
          const { value } = await agents.devices.weigh(SCALE, 20_000)
          return value.kind === 'weight' ? value : null
        })
        expect(weighed).toMatchObject({ weight_mg: 100_000, stable: true })
        expect(await agents.devices.zero({ ...SCALE, device: 'no-such' }, 1_000)).toMatchObject({ code: 'port-gone' })
        const before = printer.pages().length
        expect(await agents.devices.print(PRINTER, PAGE, 20_000)).toEqual({ outcome: 'printed' })
        expect(printer.pages().length).toBe(before + 1)
      }
      const left = await sql`select from agent_orders`.execute(bench.db)
      expect(left.rows.length).toBe(0)
    },
  )

  test(
    'what cannot be sent is refused, never sent late; what was sent and not answered is unknown, never printed again',
    { timeout: 180_000 },
    async () => {
      const before = printer.pages().length
      expect(await first.agents.devices.print(PRINTER, PAGE, -1)).toMatchObject({ outcome: 'refused' })
      printer.set({ slow_ms: 10_000_000 })
      const printing = first.agents.devices.print(PRINTER, PAGE, 60_000)
      // The order is down when a later one is answered.
      await first.agents.devices.feedback({ ...PRINTER, device: 'scanner-1' }, 'good')
      bench.proxy.keepCut()
      expect(await printing).toMatchObject({ outcome: 'unknown' })
      expect(await first.agents.devices.print(PRINTER, PAGE, 1_000)).toMatchObject({ outcome: 'refused' })
      expect(await second.agents.devices.print(PRINTER, PAGE, 1_000)).toMatchObject({ outcome: 'refused' })
      bench.proxy.mend()
      await restarted()
      expect(printer.pages().length).toBeLessThanOrEqual(before + 1)
    },
  )
})

/** Somebody who speaks the protocol by hand. */
class Stranger {
  readonly #socket: WebSocket
  readonly heard: ToAgent[] = []
  closed = false

  constructor() {
    this.#socket = new WebSocket(`${bench.address.replace('http', 'ws')}/api/agents/live`)
    this.#socket.on('message', (data: Buffer) => this.heard.push(JSON.parse(data.toString()) as ToAgent))
    this.#socket.on('error', () => undefined)
    this.#socket.on('close', () => {
      this.closed = true
    })
  }

  async challenge(): Promise<Extract<ToAgent, { t: 'challenge' }>> {
    return until('a challenge', () => this.heard.find((one) => one.t === 'challenge') ?? null)
  }

  /** What became of it: the code it was refused with, `welcome`, or `closed`. */
  async outcome(): Promise<string> {
    return until('an outcome', () => {
      const refused = this.heard.find((one) => one.t === 'refused')
      if (refused !== undefined) return refused.code
      if (this.heard.some(({ t }) => t === 'welcome')) return 'welcome'
      return this.closed ? 'closed' : null
    })
  }

  say(message: object | string): void {
    this.#socket.send(typeof message === 'string' ? message : JSON.stringify(message))
  }

  leave(): void {
    this.#socket.terminate()
  }
}

function hello(
  { nonce, installation }: { nonce: string; installation: string },
  agentName: string,
  key: ReturnType<typeof createPrivateKey>,
): Extract<FromAgent, { t: 'hello' }> {
  const of = { agent: agentName, key: rawPublicKey(key), at_ms: Date.now() }
  const signature = sign(null, helloText({ nonce, installation, ...of }), key).toString('base64')
  return { t: 'hello', ...of, mono_ms: 0, signature }
}

async function agentKey(): Promise<ReturnType<typeof createPrivateKey>> {
  const written = JSON.parse(await readFile(join(bench.dataDir(PC), 'agent', 'identity.json'), 'utf8')) as {
    privateKey: string
  }
  return createPrivateKey(written.privateKey)
}

function enrol(of: {
  code: string
  key?: ReturnType<typeof createPrivateKey>
  signedBy?: ReturnType<typeof createPrivateKey>
}) {
  const key = of.key ?? generateKeyPairSync('ed25519').privateKey
  const publicKey = rawPublicKey(key)
  const signature = sign(null, enrolText(of.code, publicKey), of.signedBy ?? key).toString('base64')
  return bench.server.app.inject({
    method: 'POST',
    url: '/api/agents/enrol',
    headers: { 'idempotency-key': randomUUID() },
    payload: { code: of.code, key: publicKey, signature },
  })
}

describe('who may join', () => {
  test('only a system administrator invites, once a request, and everybody signed in sees who is there', async () => {
    const refused = await bench.server.as('zhang-wei', {
      method: 'POST',
      url: '/api/agents',
      payload: { name: 'mine' },
    })
    expect(refused.statusCode).toBe(403)
    const ask = () =>
      bench.server.as(SYSTEM_ADMIN, {
        method: 'POST',
        url: '/api/agents',
        payload: { name: 'twice' },
        key: 'one-request',
      })
    expect((await ask()).json<{ code: string }>().code).toBe((await ask()).json<{ code: string }>().code)
    expect(await bench.row('twice')).toMatchObject({ state: 'invited' })
    const answer = await bench.server.as('zhang-wei', { method: 'GET', url: '/api/agents' })
    const { agents } = answer.json<{ agents: AgentRow[] }>()
    expect(agents.find(({ name }) => name === PC)).toMatchObject({ backlog: null, records: null, faults: [] })
  })

  test('the key stays on its machine, in a file of its owner alone, and no code or key is in the database in clear', async () => {
    const identity = join(bench.dataDir(PC), 'agent', 'identity.json')
    expect((await stat(identity)).mode & 0o777).toBe(0o600)
    const kept = await sql<{ state: string }>`select state::text as state from agents where id = ${PC}`.execute(
      bench.db,
    )
    expect(kept.rows[0]?.state).toContain(rawPublicKey(await agentKey()))
    expect(kept.rows[0]?.state).not.toContain(code.split(':')[1])
  })

  test('a code that is wrong, used, out of date or not signed by its key is refused in words', async () => {
    const codeOf = async (of: Parameters<typeof enrol>[0]) => {
      const answer = await enrol(of)
      expect(answer.json<{ detail: string }>().detail).toMatch(/[\u4e00-\u9fff]/)
      return answer.json<{ code: string }>().code
    }
    expect(await codeOf({ code: 'nobody:AAAA-BBBB-CCCC' })).toBe('agents.wrong-code')
    expect(await codeOf({ code: `${PC}:AAAA-BBBB-CCCC` })).toBe('agents.wrong-code')
    expect(await codeOf({ code: 'x' })).toBe('agents.wrong-code')
    expect(await codeOf({ code })).toBe('agents.code-used')
    const fresh = await bench.invite('late-pc')
    expect(await codeOf({ code: fresh, signedBy: generateKeyPairSync('ed25519').privateKey })).toBe('agents.wrong-key')
    expect(await codeOf({ code: fresh, key: await agentKey() })).toBe('agents.key-known')
    bench.pass(11 * 60_000)
    expect(await codeOf({ code: fresh })).toBe('agents.code-expired')
  })

  test('the same PC may ask again with its code when the answer was lost', async () => {
    const fresh = await bench.invite('again-pc')
    const { privateKey: key } = generateKeyPairSync('ed25519')
    expect((await enrol({ code: fresh, key })).statusCode).toBe(201)
    expect((await enrol({ code: fresh, key })).statusCode).toBe(201)
    expect((await enrol({ code: fresh })).json()).toMatchObject({ code: 'agents.code-used' })
  })

  test('a wrong key, a hello heard before, and what is no hello are refused', async () => {
    const key = await agentKey()
    const wrong = new Stranger()
    wrong.say(hello(await wrong.challenge(), PC, generateKeyPairSync('ed25519').privateKey))
    expect(await wrong.outcome()).toBe('agents.wrong-key')

    const unknown = new Stranger()
    unknown.say(hello(await unknown.challenge(), 'nobody', key))
    expect(await unknown.outcome()).toBe('agents.wrong-key')

    const listened = new Stranger()
    const replayed = hello(await listened.challenge(), PC, key)
    listened.leave()
    const replaying = new Stranger()
    await replaying.challenge()
    replaying.say(replayed)
    expect(await replaying.outcome()).toBe('agents.wrong-key')

    const elsewhere = new Stranger()
    const { nonce } = await elsewhere.challenge()
    elsewhere.say(hello({ nonce, installation: 'another-server' }, PC, key))
    expect(await elsewhere.outcome()).toBe('agents.wrong-key')

    for (const noise of ['', '{}', '[]', 'null', '{"t":"record"}', '{"t":"hello"}', 'x'.repeat(60_000)]) {
      const noisy = new Stranger()
      await noisy.challenge()
      noisy.say(noise)
      expect(['agents.wrong-key', 'agents.wrong-record', 'closed']).toContain(await noisy.outcome())
    }
    await scanner.scan('STILL-HERE')
    await arrived('STILL-HERE')
  })

  test(
    'numbers that the server has and the agent lost are found: nothing else is taken under them, and a person sees it',
    { timeout: 180_000 },
    async () => {
      await agent.kill('SIGTERM')
      const journal = await journalFile()
      await copyFile(journal, `${journal}.old`)
      agent = bench.start(PC)
      await allReady()
      await scanner.scan('BEFORE')
      await arrived('BEFORE')
      bench.proxy.keepCut()
      await agent.kill()
      // Somebody puts an old copy of the folder back.
      await copyFile(`${journal}.old`, journal)
      agent = bench.start(PC)
      await agent.deviceReady('scanner-1')
      await scanner.scan('ANOTHER')
      await agent.saw('kept')
      bench.proxy.mend()
      await agent.saw('refused')
      expect(agent.of('refused')[0]).toMatchObject({ code: 'agents.number-reused' })
      expect((await bench.row(PC)).faults).toContainEqual(expect.objectContaining({ code: 'number-reused' }))
      expect((await bench.scans()).some(({ text }) => text === 'ANOTHER')).toBe(false)
      // It is enrolled anew, with another key and other numbers.
      await agent.kill()
      code = await bench.invite(PC)
      agent = bench.start(PC, code)
      await allReady()
      await scanner.scan('ANEW')
      await arrived('ANEW')
      expect(await bench.row(PC)).toMatchObject({ state: 'joined', records: 1 })
    },
  )

  test(
    'a server that lost its last records takes what follows, and says which are missing',
    { timeout: 120_000 },
    async () => {
      for (const text of ['LOST-1', 'LOST-2']) {
        await scanner.scan(text)
        await arrived(text)
      }
      await agent.kill('SIGTERM')
      const journal = await journalOn(bench.dataDir(PC))
      const { last } = journal.state()
      // Whether or not the word reached it before it was stopped: an agent that has them still would send them again.
      await journal.acknowledge(last)
      await journal.close()
      await sql`update agent_links set last_n = 1 where agent = ${PC} and enrolment = 2`.execute(bench.db)
      await sql`delete from agent_records where agent = ${PC} and enrolment = 2 and n > 1`.execute(bench.db)
      agent = bench.start(PC)
      await allReady()
      await scanner.scan('AFTER-LOSS')
      await arrived('AFTER-LOSS')
      expect((await bench.row(PC)).faults).toContainEqual(
        expect.objectContaining({
          code: 'gap',
          n: last + 1,
          detail: { zh: `第 2 至 ${last} 号记录始终没有送到`, en: `records 2 to ${last} never came` },
        }),
      )
    },
  )

  test(
    'a record whose predecessor was lost on the way is not taken: the agent has both and sends them again',
    { timeout: 120_000 },
    async () => {
      await agent.kill()
      const key = await agentKey()
      const impatient = new Stranger()
      impatient.say(hello(await impatient.challenge(), PC, key))
      expect(await impatient.outcome()).toBe('welcome')
      const welcome = impatient.heard.find((one) => one.t === 'welcome')
      const after = welcome?.after ?? 0
      const faults = (await bench.row(PC)).faults.length
      const reading: JournalReading = {
        ...{ id: newId(), station: 'bench-1', device: 'scanner-1', at: bench.now(), raw: '' },
        deviceKind: 'scanner',
        value: { kind: 'scan', text: 'TOO-EARLY', symbology: null },
      } as const
      const clock = { at: bench.now(), mono_ms: 0, run: '0'.repeat(16) }
      const { text, seal } = sealRecord({ n: after + 2, prev: 'a'.repeat(64), ...clock, reading }, key)
      const seen_ms = Date.parse(bench.now())
      impatient.say({ t: 'record', text, seal: seal.toString('base64'), seen_ms, oldest: after + 1 })
      await until('the end of the connection', () => (impatient.closed ? true : null))
      expect(await bench.row(PC)).toMatchObject({ records: after })
      expect((await bench.row(PC)).faults.length).toBe(faults)
      agent = bench.start(PC)
      await allReady()
    },
  )

  test('a second program on the same folder is refused', { timeout: 60_000 }, async () => {
    const twin = bench.start(PC)
    expect(await twin.ended).toBe(1)
    expect(twin.errors).toContain('另一个代理程序')
  })

  test(
    'a revoked key is out at once, on every process of the server, and never works again',
    { timeout: 120_000 },
    async () => {
      const key = await agentKey()
      const before = agent.of('refused').length
      const url = `/api/agents/${PC}/revoke`
      expect((await bench.server.as('zhang-wei', { method: 'POST', url })).statusCode).toBe(403)
      expect((await bench.server.as(SYSTEM_ADMIN, { method: 'POST', url })).statusCode).toBe(200)
      await agent.saw('refused', before + 1)
      expect(agent.of('refused').at(-1)).toMatchObject({ code: 'agents.revoked' })
      await shown('scanner-1', 'gone')
      expect(await bench.row(PC)).toMatchObject({ state: 'revoked' })
      for (let tries = 0; tries < 3; tries += 1) {
        const again = new Stranger()
        again.say(hello(await again.challenge(), PC, key))
        await until('what it has being asked for', () => (again.heard.some(({ t }) => t === 'surrender') ? true : null))
        again.say({ t: 'beat', mono_ms: 0, status: { backlog: 0, oldestAt: null, fault: null, counted: [] } })
        expect(await again.outcome()).toBe('agents.revoked')
      }
      expect((await enrol({ code: await bench.invite(PC), key })).json()).toMatchObject({ code: 'agents.key-known' })
      await agent.kill('SIGTERM')
    },
  )

  test('a device is put behind no agent that cannot be', async () => {
    const none = { id: 'scanner-9', kind: 'scanner', protocol: 'line', port: 'agent:No/tcp://127.0.0.1:1' } as const
    await expect(bench.setUp('bench-9', [none])).rejects.toThrow('agent:No')
  })
})
