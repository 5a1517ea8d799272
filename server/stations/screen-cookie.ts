import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Db } from '../database/connect.ts'
import { Refusal } from '../refusal.ts'
import { findScreen } from './screens.ts'

const COOKIE = 'clearhold-screen'
/** A screen stays one until it is revoked; browsers keep a cookie no longer than this. */
const COOKIE_SECONDS = 400 * 86_400

/** Makes the browser that is answered a screen of this station, and of no other. */
export function setScreenCookie(
  reply: FastifyReply,
  { station, token, secure }: { readonly station: string; readonly token: string; readonly secure: boolean },
): void {
  const path = `/api/stations/${station}`
  reply.setCookie(COOKIE, token, { path, httpOnly: true, sameSite: 'strict', secure, maxAge: COOKIE_SECONDS })
}

/** Which screen of this station asks; null when none does. */
export async function screenAsking(db: Db, request: FastifyRequest, station: string): Promise<string | null> {
  const token = request.cookies[COOKIE]
  return token === undefined ? null : findScreen(db, station, token)
}

/** Whoever asks is a screen of this station: which. @throws Refusal `stations.not-a-screen` */
export async function mustBeScreen(db: Db, request: FastifyRequest, station: string): Promise<string> {
  const screen = await screenAsking(db, request, station)
  if (screen === null) throw new Refusal('stations.not-a-screen')
  return screen
}
