import { statfs } from 'node:fs/promises'
import { sql } from 'kysely'
import type { Db } from './database/connect.ts'
import type { Log } from './database/log.ts'
import { localDay } from './local-time.ts'

/** How full the disk is under a folder. */
export interface DiskDay {
  /** `2026-11-21`. */
  readonly day: string
  readonly free_bytes: number
  readonly size_bytes: number
}

export interface Forecast {
  readonly free_bytes: number
  readonly size_bytes: number
  /** What a day takes, on the average of the days that were looked at; null before there are enough, 0 where it does not shrink. */
  readonly takes_a_day_bytes: number | null
  /** Until it is full at that rate; null where that is not known or it does not shrink. */
  readonly days_left: number | null
}

/** Days looked back on: long enough for a month's round, short enough to follow what has changed. */
const LOOK_BACK_DAYS = 30
/** Fewer say nothing. */
const DAYS_LEAST = 3
/** Warned of so long before: time enough to buy and to install. */
const WARN_DAYS = 60
const WARN_SHARE = 0.1
const EVERY_MS = 3_600_000
const MS_PER_DAY = 86_400_000
const GIB = 1024 ** 3

/** By the straight line from the first to the last day that was looked at. Pure. */
export function forecast(days: readonly DiskDay[]): Forecast | null {
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined) return null
  const { free_bytes, size_bytes } = last
  const passed = Math.round((Date.parse(last.day) - Date.parse(first.day)) / MS_PER_DAY)
  if (passed < DAYS_LEAST) return { free_bytes, size_bytes, takes_a_day_bytes: null, days_left: null }
  const takes = Math.max(0, Math.round((first.free_bytes - free_bytes) / passed))
  return {
    ...{ free_bytes, size_bytes, takes_a_day_bytes: takes },
    days_left: takes === 0 ? null : Math.floor(free_bytes / takes),
  }
}

/** What is to be said of it, in both languages; null while there is room and time. */
export function diskWarning(found: Forecast | null): string | null {
  if (found === null) return null
  const { free_bytes, size_bytes, days_left } = found
  const free = (free_bytes / GIB).toFixed(1)
  if (days_left !== null && days_left < WARN_DAYS)
    return `磁盘按近期用量约 ${days_left} 天后写满，剩余 ${free} GiB，请扩容 / at the present rate the disk is full in about ${days_left} days, ${free} GiB are free: add room`
  if (free_bytes < size_bytes * WARN_SHARE)
    return `磁盘剩余 ${free} GiB，不足一成，请扩容 / ${free} GiB of the disk are free, less than a tenth: add room`
  return null
}

/** What was written down of a folder's disk, oldest first, as far back as a forecast looks. */
export async function diskDays(db: Db, folder: string, now: string): Promise<DiskDay[]> {
  const found = await sql<DiskDay>`
    select day::text as day, free_bytes, size_bytes from disk_days
    where folder = ${folder} and day > ${localDay(now)}::date - ${LOOK_BACK_DAYS}::integer order by day
  `.execute(db)
  return found.rows.map((row) => ({ ...row, free_bytes: Number(row.free_bytes), size_bytes: Number(row.size_bytes) }))
}

/** Writes down how full the disk is today; the last look of a day stands. */
export async function noteDisk(db: Db, folder: string, now: string): Promise<void> {
  const { bavail, blocks, bsize } = await statfs(folder)
  await sql`
    insert into disk_days (folder, day, free_bytes, size_bytes)
    values (${folder}, ${localDay(now)}::date, ${bavail * bsize}, ${blocks * bsize})
    on conflict (folder, day) do update set free_bytes = excluded.free_bytes, size_bytes = excluded.size_bytes
  `.execute(db)
}

/** Looks at the disk under the folder at the start and every hour. */
export function keepDisk(
  { db, now, log }: { readonly db: Db; readonly now: () => string; readonly log: Log },
  folder: string,
): { close(): Promise<void> } {
  const look = async (): Promise<void> => {
    try {
      await noteDisk(db, folder, now())
    } catch (error) {
      log.warn({ err: error }, '未能查看磁盘余量 / how full the disk is could not be seen')
    }
  }
  let looking = look()
  const timer = setInterval(() => {
    looking = looking.then(look)
  }, EVERY_MS)
  timer.unref()
  return {
    close: async () => {
      clearInterval(timer)
      await looking
    },
  }
}
