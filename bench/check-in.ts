import { createHash } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import type { Load, LoadDone } from './check-in-load.ts'
import type { CheckInLine } from './fill.ts'
import type { Ground } from './ground.ts'
import { type Place, places } from './organisation.ts'
import { missingPgbench, replay } from './pgbench.ts'
import { type Measured, measured, percentile } from './report.ts'
import type { Run } from './statements.ts'

/** Items on a list that counts as a list; what waits in smaller lists is checked in one by one. */
export const LIST_ITEMS = 200
/** Check-ins of each custodian before it counts: connections, prepared statements, compiled code. */
const WARM_UP = 20
const LIST_GOAL_MS = 1_000

interface Phase {
  readonly name: string
  /** By place: requests, each a list of lines. */
  readonly requests: readonly (readonly (readonly CheckInLine[])[])[]
  /** Places at once, or one after the other. */
  readonly together: boolean
}

interface Played {
  readonly done: LoadDone
  /** By place: what each sent to the database, in order. */
  readonly runs: readonly (readonly Run[])[]
}

/**
 * Check-ins through HTTP on a full store, each signed over by an officer's badge and PIN: single items by one custodian at each store at
 * once, then lists of two hundred. Then pgbench plays
 * the very statements that these sent, in the same order, on a copy of the store in the same PostgreSQL.
 */
export async function benchCheckIn(ground: Ground): Promise<Measured[]> {
  const waiting = (place: Place) => ground.filled.waiting.filter((list) => list.place === place)
  const singles = places.map((place) =>
    waiting(place)
      .filter(({ lines }) => lines.length < LIST_ITEMS)
      .flatMap(({ lines }) => lines.map((line) => [line])),
  )
  const lists = places.map((place) => waiting(place).flatMap(({ lines }) => (lines.length < LIST_ITEMS ? [] : [lines])))
  const phases: Phase[] = [
    { name: 'warm-up', requests: singles.map((one) => one.slice(0, WARM_UP)), together: true },
    { name: 'singles', requests: singles.map((one) => one.slice(WARM_UP)), together: true },
    { name: 'lists', requests: lists, together: false },
  ]
  const played: Played[] = []
  // Heard without a break: the clocks follow a phase when it is over, and what the next one writes stands behind that.
  const statementsOf = hear(ground)
  try {
    for (const phase of phases) played.push(await play(ground, phase, statementsOf))
  } finally {
    ground.statements.onRun = null
  }
  const [, one, many] = played
  if (one === undefined || many === undefined) throw new Error('a phase was not played')

  const rate = one.done.each_ms.length / (one.done.took_ms / 1_000)
  const list_ms = percentile(many.done.each_ms, 0.5)
  const slowest_ms = Math.max(...many.done.each_ms)
  const goal = measured('check-in.list.slowest', slowest_ms, 'ms', { name: 'goal', value: LIST_GOAL_MS })
  const missing = await missingPgbench()
  if (missing !== null) {
    const alone = { against: missing, ratio: null }
    return [
      { bench: 'check-in.single', value: rate, unit: 'check-ins/s', ...alone },
      { bench: 'check-in.list', value: list_ms, unit: 'ms', ...alone },
      goal,
    ]
  }
  const peers: number[][] = []
  for (const [index, { runs }] of played.entries())
    peers.push(await replayed(runs, phases[index]?.together === true, ground))
  const [, ones = [], lines = []] = peers
  // All played at once for nearly as long, so their rates add up.
  const peerRate = ones.reduce((sum, took_ms, index) => sum + countOf(phases, 1, index) / (took_ms / 1_000), 0)
  const peerList_ms = lines.reduce((sum, took_ms) => sum + took_ms, 0) / many.done.each_ms.length
  return [
    measured('check-in.single', rate, 'check-ins/s', { name: 'pgbench, the same statements', value: peerRate }),
    measured('check-in.list', list_ms, 'ms', { name: 'pgbench, the same statements', value: peerList_ms }),
    goal,
  ]
}

function countOf(phases: readonly Phase[], phase: number, place: number): number {
  return phases[phase]?.requests[place]?.length ?? 0
}

async function replayed(runs: Played['runs'], together: boolean, { copy }: Ground): Promise<number[]> {
  if (together) return replay(runs, copy)
  const took: number[] = []
  for (const line of runs) took.push(...(await replay([line], copy)))
  return took
}

/** Sorts what is sent to the database by the place it is about, the clocks' own writing included; the way to begin a new sheet of it. */
function hear({ tokens, statements }: Ground): () => Run[][] {
  let runs: Run[][] = []
  const markers = places.map(({ unit, store, custodian, giver }) => ({
    names: [custodian.id, giver.id, giver.badge, `pin of ${giver.id}`, `unit.${unit}`, `store.${store}`],
    hash: hashOf(tokens.get(custodian.id) ?? ''),
  }))
  statements.onRun = (run) => {
    const place = markers.findIndex(({ names, hash }) =>
      run.some(({ values }) =>
        values.some((value) => (typeof value === 'string' && names.includes(value)) || isBytes(value, hash)),
      ),
    )
    runs[place]?.push(run)
  }
  return () => {
    runs = places.map((): Run[] => [])
    return runs
  }
}

async function play(
  { server, tokens }: Ground,
  { requests, together }: Phase,
  statementsOf: () => Run[][],
): Promise<Played> {
  const runs = statementsOf()
  const custodians = requests.map((one, index) => ({
    token: tokens.get(places[index]?.custodian.id ?? '') ?? '',
    bodies: one.map((items) => JSON.stringify({ items, signatures: signaturesAt(places[index]) })),
  }))
  const loads = together ? [custodians] : custodians.map((one) => [one])
  const done: LoadDone[] = []
  for (const load of loads) done.push(await send({ url: server.url, custodians: load }))
  return {
    done: {
      took_ms: done.reduce((sum, { took_ms }) => sum + took_ms, 0),
      each_ms: done.flatMap(({ each_ms }) => each_ms),
    },
    runs,
  }
}

function signaturesAt(place: Place | undefined): { badge: string; pin: string }[] {
  return place === undefined ? [] : [{ badge: place.giver.badge, pin: place.giver.pin }]
}

function send(load: Load): Promise<LoadDone> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./check-in-load.ts', import.meta.url), { workerData: load })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`the load ended with ${code} and no answer`)))
  })
}

/** How a token stands in the table of sessions. */
function hashOf(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest()
}

function isBytes(value: unknown, bytes: Buffer): boolean {
  return Buffer.isBuffer(value) && value.equals(bytes)
}
