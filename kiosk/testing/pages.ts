/** The kiosk's own sources for a browser test, served as they are written. */

import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

/** Serves `kiosk/` on a free port of this machine. `address` has no slash at its end. */
export async function serveSources(): Promise<{ readonly address: string; readonly close: () => Promise<void> }> {
  const server = await createServer({
    configFile: fileURLToPath(new URL('../vite.config.ts', import.meta.url)),
    logLevel: 'error',
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  })
  await server.listen()
  const address = server.httpServer?.address()
  if (typeof address !== 'object' || address === null) throw new Error('the sources are not served')
  return { address: `http://127.0.0.1:${address.port}`, close: () => server.close() }
}
