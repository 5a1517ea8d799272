/**
 * `npm test`, `npm test -- FILE …`: every test, or those of the files named. A file that fails is run a second time from its beginning, alone,
 * since a busy machine may stumble once; a test in the middle of a story cannot be tried again by itself. What passed so is told, to be
 * looked at. The last line is for people and for programs: `N passed, N failed`; the exit code is 1 when something failed.
 */
import process from 'node:process'
import { createVitest, parseCLI, type TestModule } from 'vitest/node'

/** More than these is no stumbling. */
const SECOND_TRIES_MOST = 8

interface Outcome {
  readonly passed: number
  /** Tests that failed, and one more for a file that could not be run to its end. */
  readonly failed: readonly string[]
}

function outcomeOf(module: TestModule): Outcome {
  const tests = [...module.children.allTests()]
  const broken = tests.filter((test) => test.result().state === 'failed').map(({ fullName }) => fullName)
  const own = module.errors().length > 0 ? ['(the file itself)'] : []
  return { passed: tests.filter((test) => test.result().state === 'passed').length, failed: [...own, ...broken] }
}

process.env['NODE_ENV'] ??= 'test'
const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)])
const vitest = await createVitest({ ...options, watch: false })
const outcomes = new Map<string, Outcome>()
const tried: string[] = []
let loose = 0
try {
  const first = await vitest.start(filter)
  loose += first.unhandledErrors.length
  for (const module of first.testModules) outcomes.set(module.moduleId, outcomeOf(module))
  const stumbled = first.testModules.filter((module) => (outcomes.get(module.moduleId)?.failed.length ?? 0) > 0)
  for (const module of stumbled.length > SECOND_TRIES_MOST ? [] : stumbled) {
    const before = outcomes.get(module.moduleId)?.failed ?? []
    const second = await vitest.runTestSpecifications([module.toTestSpecification()])
    loose += second.unhandledErrors.length
    for (const again of second.testModules) outcomes.set(again.moduleId, outcomeOf(again))
    if (outcomes.get(module.moduleId)?.failed.length === 0)
      tried.push(...before.map((name) => `${module.relativeModuleId} > ${name}`))
  }
} finally {
  await vitest.close()
}
for (const name of tried) process.stdout.write(`\nat the second try: ${name}\n`)
const all = [...outcomes.values()]
const failed = loose + all.reduce((sum, one) => sum + one.failed.length, 0)
process.stdout.write(`\n${all.reduce((sum, one) => sum + one.passed, 0)} passed, ${failed} failed\n`)
process.exitCode = failed > 0 || all.length === 0 ? 1 : 0
