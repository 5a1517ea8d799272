import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { seeded } from '../server/agents/testing-cuts.ts'
import type { Level } from '../devices/ballot/ballot.ts'
import { sealBallot, sealing } from '../devices/ballot/seal.ts'
import { DATABASE_NAME } from '../server/database/cluster.ts'
import { connect, type Db } from '../server/database/connect.ts'
import type { SealedBallot } from '../server/rating/cast.ts'
import { VOTE_LIFE_MS } from '../server/rating/services.ts'
import { currentKey } from '../server/rating/store.ts'
import { runTally } from '../server/rating/tally.ts'
import { BLOWS } from '../server/rating/testing-vote-cuts.ts'
import { benchPads } from './accounting-pads.ts'
import { openGround } from './ground.ts'
import type { Measured } from './report.ts'
import { openVoteDoor } from './vote-door.ts'
import { contentOf, offerVotes, wholeChecked } from './votes-ground.ts'

const SMALL = { casesInStore: 4, movesAnItem: 1, waiting: [1] }
const DAY = '2026-11-21'
const BEGIN_MS = Date.parse(`${DAY}T01:00:00.000Z`)
/** Services between two runs of the tally. */
const ROUND = 2_500
/** As many raters at once. */
const RATERS = 8
/** Every so manieth service the connections of the server are cut while votes are on their way. */
const CUT_EVERY = 100
/** And so manieth the process that takes them is killed. */
const KILL_EVERY = 1_000
const SEED = 20_261_121
const FATES = ['votes', 'votes', 'votes', 'votes', 'twice', 'at both doors', 'is silent', 'is late'] as const

/**
 * T15: so many services, whose raters vote once, twice, at both doors at once, too late or not at all, while the connections to the database are
 * cut and the process that takes votes is killed. Whoever was not answered asks again, as the pads and the screens do; so how many votes there are is
 * known exactly, and is compared with every signed account. Then so many press at a pad that loses its power, behind a PC whose program is killed and
 * whose line is cut. Throws where a vote is never answered.
 */
export async function benchAccounting(
  services: number,
  presses: number,
  tell: (progress: string) => void,
): Promise<Measured[]> {
  const ground = await openGround(SMALL, tell)
  const folder = await mkdtemp(join(tmpdir(), 'clearhold-bench-tally-'))
  // A role may end connections of its own.
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const database = { ...ground.copy, database: DATABASE_NAME }
  const door = openVoteDoor(database)
  const knife = connect(database, { log, unlimited: true })
  try {
    await sealing
    await wholeChecked(ground.server.url)
    const { db } = ground.server.deps
    const owner = ground.owner.db
    let now_ms = BEGIN_MS
    const now = (): string => new Date(now_ms).toISOString()
    const tally = () => runTally({ db: owner, folder, now, today: () => DAY })
    await tally()
    const key = await currentKey(db)
    if (key === null) throw new Error('the tally has published no key')
    const random = seeded(SEED)
    const known = { issued: 0, voted: 0, cuts: 0, kills: 0 }
    const wrong = {
      lost: 0,
      doubled: 0,
      'taken too late': 0,
      'taken from a pad that died': 0,
      'accounts that do not balance': 0,
    }
    const said = (): string =>
      `${known.issued} services, ${known.voted} votes, ${known.cuts} connections cut, ${known.kills} processes killed`
    const compare = async (): Promise<void> => {
      const { account } = await tally()
      wrong.lost = Math.max(wrong.lost, known.voted - account.used)
      wrong.doubled = Math.max(wrong.doubled, account.counted + account.waiting - known.voted)
      const expired = known.issued - known.voted
      if (!account.balanced || account.issued !== known.issued || account.expired !== expired || account.open !== 0)
        wrong['accounts that do not balance'] += 1
    }
    while (known.issued < services) {
      const count = Math.min(ROUND, services - known.issued)
      const label = `round ${known.issued} `
      const ids = await offerVotes(owner, count, label, new Date(now_ms + VOTE_LIFE_MS).toISOString())
      known.issued += count
      const late: string[] = []
      await inTurn(ids, async (service, nth) => {
        const ballot = ballotOf(service, key, random)
        const fate = FATES[Math.floor(random() * FATES.length)] ?? 'votes'
        if (fate === 'is silent') return
        if (fate === 'is late') return void late.push(service)
        known.voted += 1
        if (nth % CUT_EVERY === 0) known.cuts += await cut(knife.db)
        const killing = nth % KILL_EVERY === 1 ? door.kill() : undefined
        if (killing !== undefined) known.kills += 1
        const votes = fate === 'at both doors' ? 2 : 1
        await Promise.all([killing, ...Array.from({ length: votes }, () => door.cast(ballot, now()))])
        if (fate === 'twice' && (await door.cast(ballot, now())) !== 'rating.vote-used') wrong.doubled += 1
      })
      now_ms += VOTE_LIFE_MS
      await inTurn(late, async (service) => {
        if ((await door.cast(ballotOf(service, key, random), now())) !== 'rating.vote-over')
          wrong['taken too late'] += 1
      })
      await compare()
      tell(said())
    }
    tell(`${presses} presses at a pad that dies, behind a PC that is killed and cut off`)
    const blows = Array.from({ length: presses }, (_, nth) => BLOWS[nth % BLOWS.length] ?? BLOWS[0])
    const pads = await benchPads(ground, folder, blows, random)
    known.issued += pads.services.length
    known.voted += pads.used
    wrong.lost += pads.lost.length
    wrong['taken from a pad that died'] = pads.invented.length
    now_ms = Math.max(now_ms, Date.now()) + 2 * VOTE_LIFE_MS
    await compare()
    const against = `${said()}; at the pad ${pads.kept} thanked for, ${pads.used} votes`
    return Object.entries(wrong).map(([what, value]) => ({
      ...{ bench: `accounting: ${what}`, value, unit: 'votes', against, ratio: null },
    }))
  } finally {
    await door.close()
    await knife.close()
    await ground.close()
    await rm(folder, { recursive: true })
  }
}

function ballotOf(
  service: string,
  key: { readonly id: string; readonly publicKey: Uint8Array },
  random: () => number,
): SealedBallot {
  const level = (1 + Math.floor(random() * 5)) as Level
  return { service, form: 'full', key: key.id, sealed: sealBallot(contentOf(level), key.publicKey) }
}

/** Ends what is at work on a vote, as a database that is killed does; how many connections that were. */
async function cut(db: Db): Promise<number> {
  const found = await sql<{ cut: boolean }>`
    select pg_terminate_backend(pid) as cut from pg_stat_activity
    where datname = current_database() and usename = current_user and pid <> pg_backend_pid() and query ilike '%rating_%'
  `.execute(db)
  return found.rows.length
}

async function inTurn(all: readonly string[], deed: (service: string, nth: number) => Promise<void>): Promise<void> {
  const left = all.map((service, nth) => ({ service, nth }))
  await Promise.all(
    Array.from({ length: RATERS }, async () => {
      for (let next = left.pop(); next !== undefined; next = left.pop()) await deed(next.service, next.nth)
    }),
  )
}
