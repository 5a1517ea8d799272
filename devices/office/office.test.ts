import { setTimeout as pause } from 'node:timers/promises'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { type EmulatedOfficePrinter, startOfficePrinter } from '../emulators/office-printer.ts'
import { openPort } from '../port.ts'
import { encodeIpp, GROUP, OPERATION, readIpp, SYNTAX, valuesOf } from './ipp.ts'
import { openIppPrinter } from './ipp-printer.ts'
import type { OfficePrinter } from './office-printer.ts'
import { openRawPrinter } from './raw-printer.ts'
import { conditionsAmong } from './reasons.ts'
import { ownCertificate } from './testing-certificate.ts'

const PDF = Buffer.from('%PDF-1.7 one page')
const LONG_MS = 60_000
const closers: (() => Promise<void>)[] = []
/** What a clock has run ahead of the machine's. */
let skipped_ms = 0
const now = (): number => Date.now() + skipped_ms

afterEach(async () => {
  for (let closer = closers.pop(); closer !== undefined; closer = closers.pop()) await closer()
})

async function ipp(): Promise<{ device: EmulatedOfficePrinter; printer: OfficePrinter }> {
  const device = await startOfficePrinter({ protocol: 'ipp' })
  closers.push(() => device.close())
  const port = Number(device.address.split(':').at(-1))
  const address = { carrier: 'tcp', host: '127.0.0.1', port } as const
  const printer = openIppPrinter({ address, path: '/ipp/print', trust: null, now })
  closers.push(() => printer.close())
  return { device, printer }
}

const print = (printer: OfficePrinter, within_ms = LONG_MS) =>
  printer.print({ pdf: PDF, name: '9F3A' }, now() + within_ms)

describe('a printer that speaks IPP', () => {
  it('is ready by its own word, prints the very bytes, and one job after the other', async () => {
    const { device, printer } = await ipp()
    expect(await printer.status()).toEqual({ state: 'ready' })
    expect(await Promise.all([print(printer), print(printer)])).toEqual([
      { outcome: 'printed' },
      { outcome: 'printed' },
    ])
    expect(device.printed().map(({ file }) => Buffer.from(file).equals(PDF))).toEqual([true, true])
    expect(device.jobs()).toEqual(['9F3A', '9F3A'])
  })

  it.each([
    [{ paperOut: true }, ['paper-out']],
    [{ paused: true }, ['paused']],
    [{ takesJobs: false }, []],
    [{ takesPdf: false }, []],
  ] as const)('that says %j of itself is sent nothing', async (condition, conditions) => {
    const { device, printer } = await ipp()
    device.set(condition)
    expect(await print(printer)).toMatchObject({ outcome: 'refused', conditions })
    expect((await printer.status()).state).toBe('faulty')
    expect(device.jobs()).toEqual([])
  })

  it('whose answer to the job is lost leaves it unknown, and the job is not sent again', async () => {
    const { device, printer } = await ipp()
    device.set({ losesAnswer: true })
    expect(await print(printer)).toMatchObject({ outcome: 'unknown' })
    expect(device.jobs()).toHaveLength(1)
  })

  it.each([
    [0, 'refused'],
    [1, 'unknown'],
  ] as const)('that gives a job up after %i pages leaves it %s', async (abortsAfter, outcome) => {
    const { device, printer } = await ipp()
    device.set({ abortsAfter })
    expect(await print(printer)).toMatchObject({ outcome })
  })

  it('that runs out of paper at work leaves the job unknown at its deadline, and says why', async () => {
    const { device, printer } = await ipp()
    device.set({ prints_ms: LONG_MS })
    const under = print(printer)
    while (device.jobs().length === 0) await pause(10)
    device.set({ paperOut: true })
    const before = device.asked()
    // The answer to the first of two questions is read before the second is put.
    while (device.asked() < before + 2) await pause(10)
    skipped_ms += LONG_MS
    expect(await under).toMatchObject({ outcome: 'unknown', conditions: ['paper-out'] })
  })

  it('is sent nothing after the deadline, nor when it is not there, nor where it is not', async () => {
    const { device, printer } = await ipp()
    expect(await print(printer, 0)).toMatchObject({ outcome: 'refused', fault: { code: 'port-busy' } })
    const address = { carrier: 'tcp', host: '127.0.0.1', port: Number(device.address.split(':').at(-1)) } as const
    const elsewhere = openIppPrinter({ address, path: '/nowhere', trust: null, now })
    expect(await print(elsewhere)).toMatchObject({ outcome: 'refused', fault: { detail: 'HTTP 404' } })
    await elsewhere.close()
    await device.close()
    closers.splice(0, 1)
    expect(await print(printer)).toMatchObject({ outcome: 'refused', fault: { code: 'port-refused' } })
    expect(await printer.status()).toMatchObject({ state: 'gone' })
  })

  it('that says nothing is given up when it is closed', async () => {
    const { device, printer } = await ipp()
    device.set({ silent: true })
    const under = print(printer)
    await printer.close()
    expect(await under).toMatchObject({ outcome: 'refused' })
  })
})

describe('a printer that speaks IPP over TLS', () => {
  const certificate = ownCertificate(Date.now())

  async function ipps(fingerprint: string | null) {
    const device = await startOfficePrinter({ protocol: 'ipp', tls: certificate })
    closers.push(() => device.close())
    const port = Number(device.address.split(':').at(-1))
    const printer = openIppPrinter({
      ...{ address: { carrier: 'tcp', host: '127.0.0.1', port }, path: '/ipp/print', now },
      trust: { fingerprint },
    })
    closers.push(() => printer.close())
    return { device, printer }
  }

  it.each([
    ['small digits', certificate.fingerprint],
    ['as its panel shows it', certificate.fingerprint.toUpperCase().replace(/(..)(?!$)/g, '$1:')],
  ])('is known by its fingerprint, in %s, and prints the very bytes', async (_how, fingerprint) => {
    const { device, printer } = await ipps(fingerprint)
    expect(await printer.status()).toEqual({ state: 'ready' })
    expect(await print(printer)).toEqual({ outcome: 'printed' })
    expect(device.printed().map(({ file }) => Buffer.from(file).equals(PDF))).toEqual([true])
  })

  it.each([
    ['nobody vouches for and none is configured', null],
    ['is another than the configured one', 'ab'.repeat(32)],
  ])('whose certificate %s is told nothing at all, and its fingerprint is shown', async (_how, configured) => {
    const { device, printer } = await ipps(configured)
    const refused = await print(printer)
    expect(refused).toMatchObject({ outcome: 'refused', fault: { code: 'device-error' } })
    expect(refused).toHaveProperty('fault.words.zh', expect.stringContaining(certificate.fingerprint))
    expect(await printer.status()).toMatchObject({ state: 'faulty' })
    expect([device.receivedCount(), device.jobs()]).toEqual([0, []])
  })

  it('is known without a fingerprint where somebody trusted vouches for it', async () => {
    const before = getCACertificates('default')
    setDefaultCACertificates([...before, certificate.cert])
    try {
      const { printer } = await ipps(null)
      expect(await print(printer)).toEqual({ outcome: 'printed' })
    } finally {
      setDefaultCACertificates(before)
    }
  })

  it('is not spoken to in clear, nor is one in clear taken for it', async () => {
    const { device } = await ipps(certificate.fingerprint)
    const port = Number(device.address.split(':').at(-1))
    const address = { carrier: 'tcp', host: '127.0.0.1', port } as const
    const clear = openIppPrinter({ address, path: '/ipp/print', trust: null, now })
    closers.push(() => clear.close())
    expect((await print(clear)).outcome).not.toBe('printed')
    const plain = await ipp()
    const secure = openIppPrinter({
      ...{ address: { ...address, port: Number(plain.device.address.split(':').at(-1)) }, path: '/ipp/print', now },
      trust: { fingerprint: certificate.fingerprint },
    })
    closers.push(() => secure.close())
    expect(await print(secure)).toMatchObject({ outcome: 'refused' })
    expect([...device.jobs(), ...plain.device.jobs()]).toEqual([])
  })
})

describe('a printer that only takes bytes', () => {
  it('gets the file whole, and nobody can say what became of it', async () => {
    const device = await startOfficePrinter({ protocol: 'raw' })
    closers.push(() => device.close())
    const printer = openRawPrinter({ address: device.address, openPort, now })
    closers.push(() => printer.close())
    expect(await printer.status()).toEqual({ state: 'ready' })
    expect(await print(printer)).toMatchObject({ outcome: 'unknown', fault: { code: 'no-answer' } })
    while (device.printed().length === 0) await pause(10)
    expect(Buffer.from(device.printed()[0]?.file ?? []).equals(PDF)).toBe(true)
  })

  it('that is not there is refused the file', async () => {
    const printer = openRawPrinter({ address: 'tcp://127.0.0.1:1', openPort, now })
    expect(await print(printer)).toMatchObject({ outcome: 'refused', fault: { code: 'port-refused' } })
    expect(await printer.status()).toMatchObject({ state: 'gone' })
    await printer.close()
  })
})

describe('IPP messages', () => {
  /** RFC 8010, appendix A.2: Print-Job response, successful. */
  const DONE = Buffer.concat([
    ...[Buffer.from('0101000000000001', 'hex'), Buffer.from([0x01])],
    ...[Buffer.from([0x47, 0x00, 0x12]), Buffer.from('attributes-charset'), Buffer.from([0x00, 0x05])],
    ...[Buffer.from('utf-8'), Buffer.from([0x02, 0x21, 0x00, 0x06]), Buffer.from('job-id')],
    ...[Buffer.from([0x00, 0x04, 0x00, 0x00, 0x00, 0x93]), Buffer.from([0x03])],
  ])

  it('are read as the RFC writes them', () => {
    const read = readIpp(DONE)
    if ('code' in read) throw new Error(read.detail)
    expect([read.status, read.id, valuesOf(read, GROUP.job, 'job-id')]).toEqual([0, 1, [147]])
  })

  it('that are cut anywhere are none, and no bytes throw', () => {
    for (let end = 0; end < DONE.length; end += 1) expect(readIpp(DONE.subarray(0, end))).toHaveProperty('code')
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
        readIpp(noise)
        readIpp(Buffer.concat([DONE.subarray(0, 9), noise]))
      }),
    )
  })

  it('keep several values under one name, in their order', () => {
    const attributes = ['one', 'two'].map((value) => ({ name: 'asked', syntax: SYNTAX.keyword, value }))
    const bytes = encodeIpp({
      ...{ operation: OPERATION.getPrinterAttributes, id: 7, groups: [{ group: GROUP.operation, attributes }] },
      document: new Uint8Array(0),
    })
    const read = readIpp(bytes)
    if ('code' in read) throw new Error(read.detail)
    expect(valuesOf(read, GROUP.operation, 'asked')).toEqual(['one', 'two'])
  })

  it('name what stops a printer, and not what only warns', () => {
    expect(
      conditionsAmong(['media-empty-error', 'toner-low-report', 'media-needed', 'none', 'media-jam-warning']),
    ).toEqual(['paper-out'])
  })
})
