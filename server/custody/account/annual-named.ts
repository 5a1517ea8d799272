import { dayOf } from '../../clock/calendar.ts'

/** By what a statement of a unit and year is named where papers and clocks speak of it: `dept-1/2025`. */
export function annualId(unit: string, year: number | string): string {
  return `${unit}/${year}`
}

/** What a clock over such a statement waits for. */
export function annualSubject(unit: string, year: number | string): string {
  return `annual/${annualId(unit, year)}`
}

/** The unit and year of such a name. */
export function annualNamed(id: string): { readonly unit: string; readonly year: number } {
  const slash = id.indexOf('/')
  return { unit: id.slice(0, slash), year: Number(id.slice(slash + 1)) }
}

/** Whether the year of such a name has ended where the organ is. */
export function isOver(id: string, at: string): boolean {
  return annualNamed(id).year < Number(dayOf(at).slice(0, 4))
}
