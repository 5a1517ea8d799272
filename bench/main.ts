import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { benchAccounting } from './accounting.ts'
import { benchAgentCuts } from './agent-cuts.ts'
import { benchCheckIn, LIST_ITEMS } from './check-in.ts'
import { benchCount } from './count.ts'
import { ITEMS_A_CASE } from './fill.ts'
import { type Ground, type GroundSize, openGround } from './ground.ts'
import { benchLabels } from './labels.ts'
import { benchPages } from './pages.ts'
import { benchParse } from './parse.ts'
import { benchRandomActs, type RandomActs } from './random-acts.ts'
import { jsonLine, type Measured, table } from './report.ts'
import { benchScan } from './scan.ts'
import { benchSoak } from './soak.ts'
import { benchUnplug } from './unplug.ts'
import { benchVerify } from './verify.ts'
import { benchVoteCuts } from './vote-cuts.ts'
import { benchVotes } from './votes.ts'
import type { VotesSize } from './votes-ground.ts'

interface Sizes {
  readonly ground: GroundSize
  readonly scans: number
  readonly labels: number
  /** Bytes of each protocol that are parsed. */
  readonly parse_bytes: number
  readonly soak_s: number
  /** Times that an agent is killed or cut off. */
  readonly cuts: number
  /** Times that the cable of each device is pulled. */
  readonly unplugs: number
  /** How often each screen is opened. */
  readonly pages: number
  readonly random: RandomActs
  readonly votes: VotesSize
  /** Services whose votes are accounted for. */
  readonly services: number
  /** Presses at a pad behind a PC that is killed meanwhile. */
  readonly presses: number
  /** The same by chance, where nothing else is measured. */
  readonly vote_cuts: number
}

const LIST_CASES = LIST_ITEMS / ITEMS_A_CASE

const FULL: Sizes = {
  // 100,000 items in store, 1,000,000 entries.
  ground: { casesInStore: 5_000, movesAnItem: 2, waiting: [...many(30, 1), ...many(3, LIST_CASES)] },
  scans: 300,
  labels: 500,
  parse_bytes: 4 * 1024 * 1024,
  soak_s: 3600,
  cuts: 1_000,
  unplugs: 10,
  pages: 200,
  random: { sequences: 10_000, seed: null, from: 0 },
  // One year of a province.
  votes: { departments: 2_141, people: 11_242, votes: 6_005_000 },
  services: 100_000,
  presses: 30,
  vote_cuts: 200,
}
const QUICK: Sizes = {
  ground: { casesInStore: 100, movesAnItem: 2, waiting: [...many(4, 1), ...many(1, LIST_CASES)] },
  scans: 40,
  labels: 60,
  parse_bytes: 256 * 1024,
  soak_s: 60,
  cuts: 20,
  unplugs: 2,
  pages: 20,
  random: { sequences: 200, seed: null, from: 0 },
  votes: { departments: 21, people: 112, votes: 60_050 },
  services: 2_000,
  presses: 5,
  vote_cuts: 6,
}

/** Long, and on grounds of their own: only when they are named. */
const ONLY_BY_NAME: ReadonlySet<string> = new Set([
  'soak',
  'agent-cuts',
  'vote-cuts',
  'random-acts',
  'votes',
  'accounting',
])

/** In the order they run; `verify` last, so that it judges what the others wrote. */
const BENCHES: Readonly<Record<string, (ground: () => Promise<Ground>, sizes: Sizes) => Promise<Measured[]>>> = {
  labels: (_ground, { labels }) => benchLabels(labels),
  parse: (_ground, { parse_bytes }) => Promise.resolve(benchParse(parse_bytes)),
  unplug: (_ground, { unplugs }) => benchUnplug(unplugs),
  'agent-cuts': (_ground, { cuts }) => benchAgentCuts(cuts, tell),
  'vote-cuts': (_ground, { vote_cuts }) => benchVoteCuts(vote_cuts, tell),
  'random-acts': (_ground, { random }) => benchRandomActs(random, tell),
  accounting: (_ground, { services, presses }) => benchAccounting(services, presses, tell),
  votes: (_ground, { votes }) => benchVotes(votes, tell),
  soak: (_ground, { soak_s }) => benchSoak(soak_s, tell),
  scan: async (ground, { scans }) => benchScan(await ground(), scans),
  'check-in': async (ground) => benchCheckIn(await ground()),
  count: async (ground) => benchCount(await ground()),
  pages: async (ground, { pages }) => benchPages(await ground(), pages),
  verify: async (ground) => benchVerify(await ground()),
}

/** A shorter soak says nothing. */
const SOAK_S_MIN = 10

const USAGE = `npm run bench [-- NAME...] [--quick]

NAME    ${Object.keys(BENCHES).join(' ')}; all of them when none is named, but not those that take long: ${[...ONLY_BY_NAME].join(' ')}
--cuts N how many cuts and kills of agent-cuts and vote-cuts (1000 and 200; 20 and 6 with --quick)
--minutes N how long the soak lasts (60; 1 with --quick); or --seconds N
--sequences N, --seed S, --from NTH  which sequences of random-acts (10000; 200 with --quick; by chance; 0)
--votes N over how many votes dashboards are read (6005000; 60050 with --quick), in so many fewer departments
--quick a small store and few rounds, to see that everything runs; its figures say nothing`

/** Exit code: 0 all ran, 1 a bench could not run, 2 wrong use. */
async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      minutes: { type: 'string' },
      seconds: { type: 'string' },
      sequences: { type: 'string' },
      seed: { type: 'string' },
      from: { type: 'string' },
      votes: { type: 'string' },
      cuts: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  const unknown = positionals.filter((name) => !Object.hasOwn(BENCHES, name))
  const said = values.minutes === undefined ? values.seconds : String(Number(values.minutes) * 60)
  const seconds = said === undefined ? null : Number(said)
  const wrong = seconds !== null && !(Number.isInteger(seconds) && seconds >= SOAK_S_MIN)
  const usual = values.quick ? QUICK : FULL
  const random: RandomActs = {
    sequences: Number(values.sequences ?? usual.random.sequences),
    seed: values.seed === undefined ? null : Number(values.seed),
    from: Number(values.from ?? usual.random.from),
  }
  const wanted = Number(values.votes ?? usual.votes.votes)
  const cuts = values.cuts === undefined ? null : Number(values.cuts)
  const numbers = [random.sequences, random.seed ?? 0, random.from, wanted, cuts ?? 0].every(
    (one) => Number.isInteger(one) && one >= 0,
  )
  if (values.help || wrong || !numbers || unknown.length > 0) {
    console.error(USAGE)
    return values.help ? 0 : 2
  }
  const votes = values.votes === undefined ? usual.votes : votesOf(wanted)
  const numbered = { cuts: cuts ?? usual.cuts, vote_cuts: cuts ?? usual.vote_cuts }
  const sizes = { ...usual, ...numbered, soak_s: seconds ?? usual.soak_s, random, votes }
  let opened: Promise<Ground> | undefined
  const ground = (): Promise<Ground> => (opened ??= openGround(sizes.ground, tell))
  tell(`${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}: the figures of a busy machine are worth little`)
  const all: Measured[] = []
  let failed = 0
  try {
    for (const [name, bench] of Object.entries(BENCHES)) {
      if (positionals.length > 0 ? !positionals.includes(name) : ONLY_BY_NAME.has(name)) continue
      tell(name)
      try {
        all.push(...(await bench(ground, sizes)))
      } catch (error) {
        failed += 1
        console.error(`${name} could not run:`, error)
      }
    }
  } finally {
    await opened?.then(
      ({ close }) => close(),
      () => undefined,
    )
  }
  console.log(table(all))
  for (const one of all) console.log(jsonLine(one))
  return failed === 0 ? 0 : 1
}

/** A part of the province: departments stay as large as they are. */
function votesOf(votes: number): VotesSize {
  const share = votes / FULL.votes.votes
  const part = (of: number): number => Math.max(1, Math.round(of * share))
  return { departments: part(FULL.votes.departments), people: part(FULL.votes.people), votes }
}

function many(count: number, value: number): number[] {
  return Array.from({ length: count }, () => value)
}

function tell(progress: string): void {
  process.stderr.write(`${progress}\n`)
}

process.exitCode = await main()
