import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { loadActor } from './access/actor.ts'
import { isLoopback } from './config.ts'
import type { Db } from './database/connect.ts'
import { readAgents } from './agents/links.ts'
import { readRegisters } from './ledger/read.ts'
import { Refusal } from './refusal.ts'
import { readStations } from './stations/registry.ts'
import { readDevices } from './stations/device-states.ts'

/**
 * `GET /metrics` in Prometheus' text format: sizes and states, never content. Registers and devices have telling names, so it answers on this
 * machine, and elsewhere the system and the audit administrator.
 */
export async function metricsRoute(app: FastifyInstance, { db, now }: { db: Db; now: () => string }): Promise<void> {
  app.get(
    '/metrics',
    { schema: { tags: ['operations'], security: [], produces: ['text/plain'], response: { 200: Type.String() } } },
    async (request, reply) => {
      await refuseStrangers(db, request, now())
      const devices = await readDevices(db, await readStations(db), now())
      const agents = await readAgents(db, now())
      const { rss, heapUsed } = process.memoryUsage()
      const lines = [
        '# HELP clearhold_register_entries Entries in a register.',
        '# TYPE clearhold_register_entries counter',
        ...(await readRegisters(db)).map(({ id, size }) => `clearhold_register_entries{register="${id}"} ${size}`),
        '# HELP clearhold_device_ready Whether a device answers.',
        '# TYPE clearhold_device_ready gauge',
        ...devices.map(
          ({ station, id, state }) =>
            `clearhold_device_ready{station="${station}",device="${id}"} ${state === 'ready' ? 1 : 0}`,
        ),
        '# HELP clearhold_agent_backlog Readings that an agent has seen and the server has not.',
        '# TYPE clearhold_agent_backlog gauge',
        ...agents.map(({ name, backlog }) => `clearhold_agent_backlog{agent="${name}"} ${backlog}`),
        '# HELP clearhold_agent_joined Whether an agent is connected.',
        '# TYPE clearhold_agent_joined gauge',
        ...agents.map(({ name, state }) => `clearhold_agent_joined{agent="${name}"} ${state === 'joined' ? 1 : 0}`),
        '# TYPE clearhold_memory_bytes gauge',
        `clearhold_memory_bytes{kind="rss"} ${rss}`,
        `clearhold_memory_bytes{kind="heap"} ${heapUsed}`,
      ]
      return reply.type('text/plain; version=0.0.4').send(`${lines.join('\n')}\n`)
    },
  )
}

/** A proxy on this machine that we do not trust asks for somebody else. */
async function refuseStrangers(db: Db, request: FastifyRequest, at: string): Promise<void> {
  const forwarded = request.headers['x-forwarded-for'] !== undefined && request.ip === request.raw.socket.remoteAddress
  if (isLoopback(request.ip.replace(/^::ffff:/i, '')) && !forwarded) return
  const person = request.session?.person
  const { appointments } = person === undefined ? { appointments: [] } : await loadActor(db, person, at)
  if (!appointments.some(({ post }) => post === 'system-admin' || post === 'audit-admin'))
    throw new Refusal('access.this-machine')
}
