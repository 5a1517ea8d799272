import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { startBadgeReader } from './badge.ts'
import { KEYPAD_PROTOCOLS, startOrderedKeypad } from './keypad-orders.ts'
import { startLabelPrinter } from './label-printer.ts'
import { RFID_PROTOCOLS, startOrderedRfid } from './rfid-orders.ts'
import { startLockBoard } from './relay.ts'
import { OFFICE_CONDITIONS, startOfficePrinter } from './office-printer.ts'
import { startPlainScale } from './scale-plain.ts'
import { startScale } from './scale.ts'
import { SCANNER_PROTOCOLS, startOrderedScanner } from './scanner-orders.ts'

const USAGE = `npm run emulate -- KIND --port tcp:PORT|pty:/LINK/PATH [--protocol NAME] [--dpi N] [--stock WIDTHxHEIGHT] [--streams]

KIND and the orders it takes, one JSON object a line on standard input:
  scanner        (line, ssi, newland, honeywell, multi-drop)
                                        {"scan":"CODE","aim":"C1","pieces":3,"slow_ms":20,"cut":5,"garbage":"00 FF"} {"raw":"41 42 0D"}
                 line and newland       {"scan":"CODE","suffix":"\\r\\n","lrc":true,"badLrc":true,"times":2}
                 ssi                    {"scan":"CODE","type":3,"badSum":1,"deaf":1,"repeat":2}
                 honeywell              {"scan":"CODE","id":"j","badLength":true}
                 multi-drop (4 on a line) {"scan":"CODE","at":2,"badLrc":1,"cut":5} {"silent":true,"at":2} {"loseAcks":1} {"echo":true}
                                        {"state":true,"at":2}
                 ssi, newland, honeywell {"present":"CODE"} {"refuse":3,"how":1} {"silent":true} {"restart":true} {"state":true}
  badge          (line, frame)          {"badge":"B-1001","times":3}
  scale          (mt-sics)              {"weigh_mg":100000,"stable":false} {"silent":true} {"print":true}
                 (and, indicator, ohaus, defender; with --streams they send all the time)
                                        {"weigh_mg":100000,"drifting":true} {"unit":"kg"} {"loseNext":7} {"cutNext":5}
                                        {"silent":true} {"print":true}
  keypad         (ff68)                 {"press":3,"window":1,"badSum":true,"cut":8,"noise":5,"times":4,"again":false}
                                        {"clerk":"0B","window":1} {"collide":3,"with":1} {"echo":true} {"raw":"FF 68"}
                                        {"state":true,"window":1}
                 (sundyn)               {"press":"2","afterPolls":3,"tags":"[]"} {"contact":"NAME","phone":"1"} {"silent":true}
                                        {"repeatNext":true} {"cutNext":20} {"state":true}
                 (keys, keys-serial)    {"press":2,"enter":true,"held":9,"cut":60} {"raw":"31"}
  relay          (lock)                 {"shut":3} {"jam":3} {"silent":true,"deaf":true} {"badSumNext":true} {"cutNext":3}
                                        {"echo":true} {"state":3}
  rfid           (llrp, a0, bb, uhfreader18)
                                        {"tag":"EPC","tid":"HEX","heard":{"1":-50},"locked":true,"room":8} {"take":"TID"} {"clear":true}
                                        {"faults":{"badCheck":0.1,"cutFrame":0.1,"noise":0.1,"silent":true,"noKeepalive":true,
                                        "unplugged":[2],"halfWrite":2,"lostAnswer":true}} {"contents":true} {"reads":true}
                 llrp                   {"flood":15000,"tags":300} {"antenna":2,"connected":false} {"bundle":true}
  label-printer  (zpl, tspl, escpos, star) {"paperOut":true,"headOpen":true,...} {"pages":true}
  office-printer (ipp, raw; on a TCP port) {"paperOut":true,"paused":true,"takesJobs":false,"takesPdf":false,"abortsAfter":0,
                                        "losesAnswer":true,"silent":true} {"files":true}
  all                                   {"unplug":true} {"replug":true}`

const PLAIN_SCALES = ['and', 'indicator', 'ohaus', 'defender'] as const

type Order = Readonly<Record<string, unknown>>
type Deed = (order: Order) => unknown

interface Running {
  readonly address: string
  /** By the first field of their order. */
  readonly deeds: Readonly<Record<string, Deed>>
  readonly device: { unplug(): Promise<void>; replug(): Promise<void>; close(): Promise<void> }
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    port: { type: 'string' },
    protocol: { type: 'string' },
    dpi: { type: 'string' },
    stock: { type: 'string' },
    streams: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  },
})

const running = await start(positionals[0], values.help === true ? undefined : values.port).catch((error: unknown) => {
  console.error(words(error))
  return null
})
if (running === null) {
  console.error(USAGE)
  process.exitCode = 2
} else {
  console.log(running.address)
  for await (const line of createInterface({ input: process.stdin })) if (line.trim() !== '') await obey(running, line)
  await running.device.close()
}

async function start(kind: string | undefined, listen: string | undefined): Promise<Running | null> {
  if (listen === undefined) return null
  switch (kind) {
    case 'scanner':
      return await startOrderedScanner(oneOf(SCANNER_PROTOCOLS, values.protocol ?? 'line'), listen)
    case 'badge': {
      const device = await startBadgeReader({ protocol: oneOf(['line', 'frame'], values.protocol ?? 'line'), listen })
      const badge: Deed = ({ badge, ...options }) => device.present(text(badge), options)
      return { address: device.address, device, deeds: { badge } }
    }
    case 'keypad':
      return await startOrderedKeypad(oneOf(KEYPAD_PROTOCOLS, values.protocol ?? 'ff68'), listen)
    case 'rfid':
      return await startOrderedRfid(oneOf(RFID_PROTOCOLS, values.protocol ?? 'llrp'), listen)
    case 'relay': {
      const device = await startLockBoard({ listen })
      const deeds: Running['deeds'] = {
        shut: ({ shut }) => device.shut(Number(shut)),
        jam: ({ jam }) => device.jam(Number(jam)),
        silent: ({ silent, ...options }) => device.silence(silent === true, options),
        badSumNext: () => device.badSumNext(),
        cutNext: ({ cutNext }) => device.cutNext(Number(cutNext)),
        echo: ({ echo }) => device.echo(echo === true),
        state: ({ state }) => ({ shut: device.isShut(Number(state)), draws: device.draws() }),
      }
      return { address: device.address, device, deeds }
    }
    case 'scale': {
      const spoken = oneOf(['mt-sics', ...PLAIN_SCALES], values.protocol ?? 'mt-sics')
      if (spoken !== 'mt-sics') return await plainScale(spoken, listen)
      const device = await startScale({ listen })
      const deeds: Running['deeds'] = {
        weigh_mg: ({ weigh_mg, ...options }) => device.load(Number(weigh_mg), options),
        silent: ({ silent }) => device.silence(silent === true),
        print: () => device.pressPrint(),
      }
      return { address: device.address, device, deeds }
    }
    case 'label-printer': {
      const [, widthMm, heightMm] = /^(\d{2,3})x(\d{2,3})$/.exec(values.stock ?? '100x60') ?? []
      if (widthMm === undefined || heightMm === undefined) throw new RangeError(`${values.stock} is no stock`)
      const device = await startLabelPrinter({
        protocol: oneOf(['zpl', 'tspl', 'escpos', 'star'], values.protocol ?? 'zpl'),
        dpi: values.dpi === '300' ? 300 : values.dpi === '600' ? 600 : 203,
        widthMm: Number(widthMm),
        heightMm: Number(heightMm),
        listen,
      })
      const conditions = Object.keys(device.conditions()).map((name) => [name, (order: Order) => device.set(order)])
      const pages = () => device.pages().map(({ whole, width, height }) => ({ whole, width, height }))
      return { address: device.address, device, deeds: { ...Object.fromEntries(conditions), pages } }
    }
    case 'office-printer': {
      const port = /^tcp:(\d{1,5})$/.exec(listen)?.[1]
      if (port === undefined) throw new RangeError(`${listen}: an office printer is on a TCP port`)
      const device = await startOfficePrinter({
        protocol: oneOf(['ipp', 'raw'], values.protocol ?? 'ipp'),
        port: Number(port),
      })
      const conditions = OFFICE_CONDITIONS.map((name) => [name, (order: Order) => device.set(order)])
      const files = () => device.printed().map(({ file: { length } }) => length)
      return { address: device.address, device, deeds: { ...Object.fromEntries(conditions), files } }
    }
    default:
      return null
  }
}

async function plainScale(kind: (typeof PLAIN_SCALES)[number], listen: string): Promise<Running> {
  const device = await startPlainScale({ listen, kind, streams: values.streams ?? false })
  const deeds: Running['deeds'] = {
    weigh_mg: ({ weigh_mg, ...options }) => device.load(Number(weigh_mg), options),
    unit: ({ unit }) => device.unit(oneOf(['g', 'kg', 'mg', 'ct'], text(unit))),
    loseNext: ({ loseNext }) => device.loseNext(Number(loseNext)),
    cutNext: ({ cutNext }) => device.cutNext(Number(cutNext)),
    silent: ({ silent }) => device.silence(silent === true),
    print: () => device.pressPrint(),
  }
  return { address: device.address, device, deeds }
}

async function obey({ deeds, device }: Running, line: string): Promise<void> {
  const all: Running['deeds'] = { ...deeds, unplug: () => device.unplug(), replug: () => device.replug() }
  try {
    const order = JSON.parse(line) as Order
    const [first = ''] = Object.keys(order)
    const deed = all[first]
    if (deed === undefined) throw new RangeError(`no such order; known: ${Object.keys(all).join(' ')}`)
    console.log(JSON.stringify((await deed(order)) ?? 'done'))
  } catch (error) {
    console.error(words(error))
  }
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('text is wanted')
  return value
}

function oneOf<Word extends string>(words: readonly Word[], said: string): Word {
  const word = words.find((one) => one === said)
  if (word === undefined) throw new RangeError(`${said} is none of ${words.join(' ')}`)
  return word
}
