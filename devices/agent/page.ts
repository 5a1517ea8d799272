import { readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { lastSaid, type PageLook, pageView } from './page-view.ts'

/** Browsers that may watch at once: the PC's own, and one more. */
const WATCHERS_MAX = 8

const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
}
const FRAME = `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<title>清管 · 断网办理</title>
<link rel="stylesheet" href="/400.css">
<link rel="stylesheet" href="/700.css">
<link rel="stylesheet" href="/page.css">
<main><p class="line" data-state="gone">本机代理程序没有运行，请勿办理<small>The agent of this PC is not running: stop work</small></p></main>
<script type="module" src="/page.js"></script>
</html>
`

/** A PC may have no Chinese font: the page brings its own, as the other screens do. */
const FONT = dirname(createRequire(import.meta.url).resolve('@fontsource/noto-sans-sc/400.css'))
const FONT_FILE = /^\/files\/[a-z0-9-]+\.woff2$/

export interface Page {
  readonly url: string
  /** Something that it shows is another. */
  changed(): void
  close(): Promise<void>
}

/**
 * The agent's own page, for the person at this PC: it shows and takes no input. It answers on loopback, to the name of loopback alone, so that
 * no page of another site can read it.
 * @throws an `EADDRINUSE` of the operating system when the port is taken
 */
export async function openPage({
  port,
  look,
}: {
  readonly port: number
  readonly look: () => PageLook
}): Promise<Page> {
  const [style, script] = await Promise.all(
    ['page.css', 'page.js'].map((name) => readFile(new URL(name, import.meta.url), 'utf8')),
  )
  const watchers = new Set<ServerResponse>()

  const message = (): string => {
    const now = look()
    const said = lastSaid(now.benches)
    return `data: ${JSON.stringify({ html: pageView(now), tone: said?.outcome ?? null, said: said?.n ?? 0 })}\n\n`
  }

  const server = createServer((request, response) => {
    const own = [`127.0.0.1:${bound}`, `localhost:${bound}`].includes(request.headers.host ?? '')
    const answer = (status: number, type: string, body: string | Uint8Array): void => {
      const charset = typeof body === 'string' ? '; charset=utf-8' : ''
      response.writeHead(status, { ...HEADERS, 'content-type': `${type}${charset}` }).end(body)
    }
    const answerFont = (path: string, type: string): void => {
      readFile(join(FONT, path)).then(
        (body) => answer(200, type, body),
        () => answer(404, 'text/plain', 'no such font'),
      )
    }
    if (!own || request.method !== 'GET') return answer(403, 'text/plain', 'not here')
    switch (request.url) {
      case '/':
        return answer(200, 'text/html', FRAME)
      case '/400.css':
      case '/700.css':
        return answerFont(request.url, 'text/css')
      case '/page.css':
        return answer(200, 'text/css', style ?? '')
      case '/page.js':
        return answer(200, 'text/javascript', script ?? '')
      case '/live':
        if (watchers.size >= WATCHERS_MAX) return answer(503, 'text/plain', 'too many pages are open')
        response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' })
        response.write(message())
        watchers.add(response)
        response.on('close', () => watchers.delete(response))
        return
      default:
        if (FONT_FILE.test(request.url ?? '')) return answerFont(request.url ?? '', 'font/woff2')
        answer(404, 'text/plain', 'no such page')
    }
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  const bound = typeof address === 'object' && address !== null ? address.port : port

  return {
    url: `http://127.0.0.1:${bound}/`,
    changed() {
      if (watchers.size === 0) return
      const text = message()
      for (const one of watchers) one.write(text)
    },
    close: () =>
      new Promise((resolve) => {
        for (const one of watchers) one.end()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
