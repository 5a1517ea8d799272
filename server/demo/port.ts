import { createServer } from 'node:net'
import type { Config } from '../config.ts'

/**
 * Tells of a port that is taken before the history is written, which takes longer than a person likes to wait for nothing.
 * @throws the error of `listen`
 */
export async function refuseTakenPort({ host, port }: Pick<Config, 'host' | 'port'>): Promise<void> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(port, host, resolve))
  await new Promise((resolve) => probe.close(resolve))
}
