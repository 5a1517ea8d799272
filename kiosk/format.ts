/** Figures and times as people read them. */

const MG_PER_GRAM = 1_000
const FEN_PER_YUAN = 100

/** The zone in which times are shown, by its IANA name: the organisation's, whatever the machine's. */
export const DEFAULT_ZONE = 'Asia/Shanghai'

const clocks = new Map<string, Intl.DateTimeFormat>()

function clock(zone: string): Intl.DateTimeFormat {
  let format = clocks.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    })
    clocks.set(zone, format)
  }
  return format
}

/** `2026-11-21 09:30:05`, or without the seconds: the same in both languages, so that it reads like the paper. */
export function formatTime(at: string, precision: 'second' | 'minute' | 'day' = 'minute', zone = DEFAULT_ZONE): string {
  const parts = new Map(
    clock(zone)
      .formatToParts(new Date(at))
      .map((part) => [part.type, part.value]),
  )
  const day = `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`
  if (precision === 'day') return day
  const minute = `${day} ${parts.get('hour')}:${parts.get('minute')}`
  return precision === 'minute' ? minute : `${minute}:${parts.get('second')}`
}

/** Milligrams as grams, exactly: `100.000`, `0.250`. */
export function formatGrams(weight_mg: number): string {
  return fixed(weight_mg, MG_PER_GRAM, 3)
}

/** Fen as yuan, exactly: `12,345.60`. */
export function formatYuan(amount_fen: number): string {
  return fixed(amount_fen, FEN_PER_YUAN, 2)
}

function fixed(units: number, perWhole: number, digits: number): string {
  const whole = Math.trunc(Math.abs(units) / perWhole).toString()
  const rest = (Math.abs(units) % perWhole).toString().padStart(digits, '0')
  return `${units < 0 ? '−' : ''}${whole.replaceAll(/\B(?=(\d{3})+$)/g, ',')}.${rest}`
}

/** The head and tail of a hash, enough to compare by eye; the whole stands in the title. */
export function shortHash(hash: string): string {
  return hash.length <= 16 ? hash : `${hash.slice(0, 8)}…${hash.slice(-8)}`
}

/** `1.4 MB`. */
export function formatBytes(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1_000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
