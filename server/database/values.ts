import pg from 'pg'

const INT8 = 20
const INT8_ARRAY = 1016
const DATE = 1082
const DATE_ARRAY = 1182
const TIMESTAMP = 1114
const TIMESTAMP_ARRAY = 1115
const TIMESTAMPTZ = 1184
const TIMESTAMPTZ_ARRAY = 1185
const TEXT_ARRAY: number = 1009

const UTC_INSTANT = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.(\d{1,6}))?\+00$/

/** An int8 as a JavaScript number. Throws RangeError beyond 2^53 - 1, where a number would silently name another row. */
export function parseInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`int8 ${text} does not fit a JavaScript number`)
  return value
}

/**
 * A timestamptz, as the server prints it under `TimeZone=UTC` and `DateStyle=ISO`, as RFC 3339 in UTC with milliseconds. Microseconds are
 * cut, not rounded: a moment never reads as later than it was. Throws RangeError on what RFC 3339 cannot say (infinity, BC, year 10000).
 */
export function parseInstant(text: string): string {
  const parts = UTC_INSTANT.exec(text)
  if (parts === null) throw new RangeError(`timestamptz ${text} has no RFC 3339 form in UTC`)
  return `${parts[1]}T${parts[2]}.${(parts[3] ?? '').padEnd(3, '0').slice(0, 3)}Z`
}

const textArray: (text: string) => (string | null)[] = pg.types.getTypeParser(
  TEXT_ARRAY as Parameters<typeof pg.types.getTypeParser>[0],
)

function eachOf<T>(parse: (text: string) => T): (text: string) => (T | null)[] {
  return (text) => textArray(text).map((element) => (element === null ? null : parse(element)))
}

const asPrinted = (text: string): string => text

const parsers: ReadonlyMap<number, (text: string) => unknown> = new Map<number, (text: string) => unknown>([
  [INT8, parseInt8],
  [INT8_ARRAY, eachOf(parseInt8)],
  [TIMESTAMPTZ, parseInstant],
  [TIMESTAMPTZ_ARRAY, eachOf(parseInstant)],
  [DATE, asPrinted],
  [DATE_ARRAY, textArray],
  [TIMESTAMP, asPrinted],
  [TIMESTAMP_ARRAY, textArray],
])

/**
 * How columns arrive: int8 as number, timestamptz as RFC 3339 UTC string, date and timestamp as the text they are (the driver's own parser
 * would read them in this machine's time zone), the rest as node-postgres does (jsonb parsed, bytea as Buffer, numeric as string).
 */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : parsers.get(oid)) ??
    pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}
