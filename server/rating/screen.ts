import type { FastifyRequest } from 'fastify'
import type { Db } from '../database/connect.ts'
import { Refusal } from '../refusal.ts'
import { COOKIE } from '../stations/routes.ts'
import { findScreen } from '../stations/screens.ts'

/** Whoever asks is a screen of this station: which. @throws Refusal `stations.not-a-screen` */
export async function mustBeScreen(db: Db, request: FastifyRequest, station: string): Promise<string> {
  const token = request.cookies[COOKIE]
  const screen = token === undefined ? null : await findScreen(db, station, token)
  if (screen === null) throw new Refusal('stations.not-a-screen')
  return screen
}
