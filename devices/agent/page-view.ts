import type { OfflineSaid, ShownBench } from './offline-benches.ts'
import { askedOffline, saidOffline, type Words } from './offline-words.ts'

/** What the page of an agent's PC is made of. */
export interface PageLook {
  /** The server is not there. */
  readonly away: boolean
  /** Why the server does not want this PC; null when it does, or nobody knows. */
  readonly refused: Words | null
  /** Readings that are not on the server; sealed presses are not among them, for by their number one would see whether somebody has rated. */
  readonly backlog: number
  readonly benches: readonly ShownBench[]
}

/** Pure. The page as HTML: Chinese first, large. A locked bench shows no item. */
export function pageView({ away, refused, backlog, benches }: PageLook): string {
  return [lineView(away, refused, backlog, benches.length > 0), ...benches.map((one) => benchView(one))].join('\n')
}

/** What of these benches is to be heard: what was said last. */
export function lastSaid(benches: readonly ShownBench[]): OfflineSaid | null {
  const all = benches.flatMap(({ said }) => said ?? [])
  return all.sort((a, b) => a.n - b.n).at(-1) ?? null
}

function lineView(away: boolean, refused: Words | null, backlog: number, goesOn: boolean): string {
  const waits =
    backlog === 0
      ? { zh: '', en: '' }
      : {
          zh: `；${backlog} 条记录待上传`,
          en: `; ${backlog === 1 ? '1 record waits' : `${backlog} records wait`} to be sent`,
        }
  if (refused !== null) return line('refused', refused, waits)
  if (!away)
    return line('there', { zh: '已连接服务器，请看工位屏幕', en: "Connected; look at the bench's screen" }, waits)
  return line(
    'away',
    goesOn
      ? { zh: '网络中断：只能继续办理已打开的清单', en: 'The line is down: only a list that was open goes on' }
      : {
          zh: '网络中断：没有可继续办理的清单，请等网络恢复',
          en: 'The line is down, and no list is open: wait for the line',
        },
    waits,
  )
}

function line(state: string, { zh, en }: Words, waits: Words): string {
  return `<p class="line" data-state="${state}">${escape(zh + waits.zh)}<small>${escape(en + waits.en)}</small></p>`
}

function benchView({ held, bench, said }: ShownBench): string {
  const head = `<h1>${escape(`${held.station} · 清单 ${held.list}`)}</h1>`
  const words = said === null ? null : saidOffline(said.code, said.about, held.custodian.name)
  const saidLine =
    said === null || words === null || (bench?.locked === true && said.about !== '')
      ? ''
      : `<div class="said" data-state="${said.outcome}">${both(words)}</div>`
  if (bench === null) return `<section>${head}${saidLine}</section>`
  const ask = `<div class="ask">${both(askedOffline(held, bench))}</div>`
  if (bench.locked) return `<section data-state="locked">${head}${saidLine}${ask}</section>`
  const rows = held.lines.map(({ item, name }) => {
    const state = bench.hand?.item === item ? 'now' : bench.done.includes(item) ? 'done' : 'waiting'
    return `<tr data-state="${state}"><td>${escape(item)}</td><td>${escape(name)}</td><td>${STATES[state]}</td></tr>`
  })
  return `<section data-state="open">${head}${saidLine}${ask}<table>${rows.join('')}</table></section>`
}

const STATES = { now: '正在办理', done: '已办或已记录', waiting: '待办' } as const

function both({ zh, en }: Words): string {
  return `${escape(zh)}<small>${escape(en)}</small>`
}

/** Names of things and scanned texts come from outside. */
function escape(text: string): string {
  return text.replace(/[&<>"']/g, (one) => `&#${one.codePointAt(0)};`)
}
