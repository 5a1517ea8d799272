import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { causeOf, type RouteDependencies, signedIn, whoOf } from '../http.ts'
import { namesOf } from '../names.ts'
import { exactly, text } from '../schemas.ts'
import { calendars, imported, triedCalendar } from './answers.ts'
import { dayOf } from './calendar.ts'
import { parseCalendar } from './calendar-file.ts'
import { readCalendars } from './calendars.ts'
import type { ListedCalendars, TriedCalendar } from './protocol.ts'
import { calendarFile, calendarYear } from './schemas.ts'
import { shippedCalendars } from './shipped-calendars.ts'

const tags = ['clock']
/** The notice for the next year comes out in November. */
const NEXT_YEAR_FROM_MONTH = 11

/** Working-day calendars: anybody signed in sees them, the system administrator imports them. */
export const calendarRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, { db, act, now }) => {
  app.get(
    '/api/calendars',
    { schema: { tags, response: { 200: calendars } } },
    async (request): Promise<ListedCalendars> => {
      signedIn(request)
      const known = await readCalendars(db)
      const named = await namesOf(
        db,
        known.map(({ importedBy }) => `person/${importedBy}`),
      )
      const years = new Set(known.map(({ year }) => year))
      return {
        calendars: known.map(({ year, source, importedAt, importedBy, version, days }) => ({
          ...{ year, source, importedAt, version, ...counted(days) },
          importedBy: { person: importedBy, name: named(`person/${importedBy}`).name },
        })),
        shipped: (await shippedCalendars()).filter(({ year }) => !years.has(year)),
        missing: neededYears(now()).filter((year) => !years.has(year)),
      }
    },
  )

  app.post(
    '/api/calendars/try',
    {
      config: { key: 'none' },
      schema: {
        tags,
        description: 'Reads a calendar without importing it: what it holds, and what is wrong with which line.',
        body: Type.Object({ year: calendarYear, csv: calendarFile }, exactly),
        response: { 200: triedCalendar },
      },
    },
    async (request): Promise<TriedCalendar> => {
      signedIn(request)
      const { days, faults } = parseCalendar(request.body.year, request.body.csv)
      return { ...counted(days), faults }
    },
  )

  app.post(
    '/api/calendars',
    {
      schema: {
        tags,
        description: 'Imports the calendar of a year, all of it or nothing. Importing a year again corrects it.',
        body: Type.Object({ year: calendarYear, source: text(200), csv: calendarFile }, exactly),
        response: { 201: imported },
      },
    },
    async (request, reply) => {
      const command = { type: 'clock.import-calendar', ...request.body }
      const { facts, result } = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(201).send({ ...result, facts })
    },
  )
}

function counted(days: readonly { readonly kind: 'off' | 'work' }[]): { off: number; work: number } {
  const off = days.filter(({ kind }) => kind === 'off').length
  return { off, work: days.length - off }
}

function neededYears(now: string): number[] {
  const [year = 0, month = 0] = dayOf(now).split('-').map(Number)
  return month >= NEXT_YEAR_FROM_MONTH ? [year, year + 1] : [year]
}
