import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { seeded } from '../server/agents/testing-cuts.ts'
import { sealing } from '../devices/ballot/seal.ts'
import { runTally } from '../server/rating/tally.ts'
import { BLOWS } from '../server/rating/testing-vote-cuts.ts'
import { benchPads } from './accounting-pads.ts'
import { openGround } from './ground.ts'
import type { Measured } from './report.ts'

const SMALL = { casesInStore: 4, movesAnItem: 1, waiting: [1] }
const SEED = 20_261_122

/**
 * R13 for votes: raters press so many times at a pad behind an agent in a process of its own, which is killed (`kill -9`), whose line is cut and
 * whose pad loses its power, by chance. Votes that were thanked for and are lost, that stand twice among the sealed ballots, that were used up
 * without a ballot, or that nobody cast. Throws when the agent does not come back.
 */
export async function benchVoteCuts(presses: number, tell: (progress: string) => void): Promise<Measured[]> {
  const ground = await openGround(SMALL, tell)
  const folder = await mkdtemp(join(tmpdir(), 'clearhold-bench-vote-cuts-'))
  try {
    await sealing
    const now = (): string => new Date().toISOString()
    await runTally({ db: ground.owner.db, folder, now, today: () => now().slice(0, 10) })
    const random = seeded(SEED)
    const blows = Array.from({ length: presses }, () => BLOWS[Math.floor(random() * BLOWS.length)] ?? BLOWS[0])
    const began = performance.now()
    const { kept, used, lost, invented } = await benchPads(ground, folder, blows, random)
    const { rows } = await sql<{ ballots: number }>`select count(*)::int as ballots from rating_ballots`.execute(
      ground.owner.db,
    )
    const ballots = rows[0]?.ballots ?? 0
    const chances = BLOWS.map((blow) => `${blow}: ${blows.filter((one) => one === blow).length}`).join('; ')
    tell(`${presses} presses (${chances}); ${kept} thanked for, ${used} used, ${ballots} ballots`)
    const seconds = Math.round((performance.now() - began) / 1_000)
    const against = `${kept} thanked for of ${presses} presses, each with a cut or a kill, in ${seconds} s; ${used} votes`
    const found = {
      lost: lost.length,
      doubled: Math.max(0, ballots - used),
      'used up without a ballot': Math.max(0, used - ballots),
      'taken from a pad that died': invented.length,
    }
    return Object.entries(found).map(([what, value]) => ({
      ...{ bench: `vote-cuts ${what}`, value, unit: 'votes', against, ratio: null },
    }))
  } finally {
    await ground.close()
    await rm(folder, { recursive: true })
  }
}
