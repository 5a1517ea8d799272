import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig, type Plugin } from 'vite'

/** Where `npm run dev`'s page finds the server. */
const SERVER = 'http://127.0.0.1:8080'

/**
 * Every browser that runs the kiosk reads woff2; the older woff beside each slice would triple the build. A letter whose slice is on its way is
 * left out for that moment: a machine without Chinese fonts would draw a box in its place.
 */
const ownFonts: Plugin = {
  name: 'own-fonts',
  enforce: 'pre',
  transform: {
    filter: { id: /@fontsource\/.*\.css$/ },
    handler: (css) => ({
      code: css
        .replaceAll(/,\s*url\([^)]+\.woff\)\s*format\('woff'\)/g, '')
        .replaceAll('font-display: swap', 'font-display: block'),
      map: null,
    }),
  },
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [ownFonts, svelte({ configFile: false, compilerOptions: { runes: true } })],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // The server's policy is default-src 'self': a font or picture inlined as data: would be blocked.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 300,
  },
  server: { proxy: { '^/api/': { target: SERVER, ws: true } } },
})
