import type { FastifyInstance } from 'fastify'
import type { Db } from './database/connect.ts'
import { readRegisters } from './ledger/read.ts'
import { readStations } from './stations/registry.ts'
import { readDevices } from './stations/device-states.ts'

/** `GET /metrics` in Prometheus' text format: sizes and states, never content. */
export async function metricsRoute(app: FastifyInstance, { db, now }: { db: Db; now: () => string }): Promise<void> {
  app.get('/metrics', { schema: { tags: ['operations'], security: [] } }, async (_request, reply) => {
    const devices = await readDevices(db, await readStations(db), now())
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
      '# TYPE clearhold_memory_bytes gauge',
      `clearhold_memory_bytes{kind="rss"} ${rss}`,
      `clearhold_memory_bytes{kind="heap"} ${heapUsed}`,
    ]
    return reply.type('text/plain; version=0.0.4').send(`${lines.join('\n')}\n`)
  })
}
