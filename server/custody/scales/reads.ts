import { sql } from 'kysely'
import type { StationConfig } from '../../../devices/reading.ts'
import { localDay } from '../../local-time.ts'
import type { Reader } from '../../module.ts'
import type { Words } from '../../refusal.ts'
import type { DeviceNotes } from '../../stations/notes.ts'
import { nextCheck, type ScaleCheck, type TestWeight, testWeightOf } from './scales.ts'
import '../../stations/tables.ts'
import '../tables.ts'

/** The scale of a station: its test weight, and how it did when it was last tried. */
export interface StationScale {
  readonly test: TestWeight | null
  readonly check: ScaleCheck | null
}

/** Null for a station without a scale. */
export async function scaleOf(db: Reader, station: string): Promise<StationScale | null> {
  const found = await db.selectFrom('stations').select('state').where('id', '=', station).executeTakeFirst()
  const device = found?.state.devices.find(({ kind }) => kind === 'scale')
  if (device === undefined) return null
  const checks = await checksOf(db, [station])
  return {
    test: testWeightOf(device as StationConfig['devices'][number]),
    check: checks.get(`${station}.${device.id}`) ?? null,
  }
}

/** The test weights of all scales of a station. */
export async function testWeightsOf(db: Reader, station: string | null): Promise<TestWeight[]> {
  if (station === null) return []
  const found = await db.selectFrom('stations').select('state').where('id', '=', station).executeTakeFirst()
  return (found?.state.devices ?? []).flatMap((one) => testWeightOf(one as StationConfig['devices'][number]) ?? [])
}

async function checksOf(db: Reader, stations: readonly string[]): Promise<Map<string, ScaleCheck>> {
  const found = await sql<{ id: string; state: ScaleCheck }>`
    select id, state from scale_checks where station = any(${[...stations]}::text[])
  `.execute(db)
  return new Map(found.rows.map(({ id, state }) => [id, state]))
}

/** What is to be said of scales: one that failed, one that is to be tried, a test weight whose certificate is over. */
export const scaleNotes: DeviceNotes = {
  wakes: ['custody.scale-checked', 'stations.configured'],
  async read(db, stations, at) {
    const checks = await checksOf(
      db,
      stations.map(({ id }) => id),
    )
    return new Map(
      stations.map(({ id, devices }) => [
        id,
        devices.flatMap((device) => {
          if (device.kind !== 'scale') return []
          const note = noteOf(testWeightOf(device), checks.get(`${id}.${device.id}`) ?? null, at)
          return note === null ? [] : [{ device: device.id, ...note }]
        }),
      ]),
    )
  },
}

function noteOf(
  test: TestWeight | null,
  check: ScaleCheck | null,
  at: string,
): { readonly stops: boolean; readonly words: Words } | null {
  // Short: it stands in the strip of a bench. What was found is said with the check, and with each weighing that is refused.
  if (check !== null && !check.passed)
    return {
      stops: true,
      words: {
        zh: '电子秤核查未通过，停止称重：校准后扫“称重”卡',
        en: 'The scale failed its check: calibrate it, then the WEIGH card',
      },
    }
  if (test === null) return null
  if (test.testUntil !== null && localDay(at) > test.testUntil)
    return {
      stops: false,
      words: {
        zh: `标准砝码的检定证书已于 ${test.testUntil} 到期，请送检`,
        en: `The certificate of the test weight ended on ${test.testUntil}; it is to be certified anew`,
      },
    }
  const due = nextCheck(check)
  if (due !== null && due > at) return null
  return {
    stops: false,
    words:
      due === null
        ? {
            zh: '电子秤还没有核查过：空闲时扫“称重”卡',
            en: 'The scale was never checked: scan the WEIGH card when idle',
          }
        : {
            zh: `电子秤应于 ${localDay(due)} 前核查：空闲时扫“称重”卡`,
            en: `The scale was to be checked by ${localDay(due)}: scan the WEIGH card when idle`,
          },
  }
}
