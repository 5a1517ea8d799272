export type { PaperAct } from './facts.ts'
