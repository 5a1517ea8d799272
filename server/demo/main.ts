import { keepCompiled } from '../keep-compiled.ts'

// What is loaded before this is compiled anew each time.
keepCompiled()
try {
  const { beginDemo } = await import('./begin.ts')
  const begun = await beginDemo()
  try {
    const { runDemo } = await import('./run.ts')
    await runDemo(begun)
  } catch (error) {
    await begun.cluster.then(
      (cluster) => cluster.stop(),
      () => undefined,
    )
    throw error
  }
} catch (error) {
  const { wordsOfRefusedStart } = await import('../start-refused.ts')
  process.stderr.write(`${wordsOfRefusedStart(error)}\n`)
  process.exit(1)
}
