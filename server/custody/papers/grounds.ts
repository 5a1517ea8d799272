import type { Track } from '../axes.ts'

/** On what a measure of each track rests, and where its party may turn (rules C-05, T-03, X-18). */
export const GROUNDS: Readonly<Record<Track, { readonly basis: string; readonly remedy: string }>> = {
  DISCIPLINE: {
    basis: '《中国共产党纪律检查机关监督执纪工作规则》',
    remedy: '对所采取的措施有意见的，可以向本机关反映。',
  },
  SUPERVISION: {
    basis: '《中华人民共和国监察法》第二十八条',
    remedy: '认为措施违法或者侵害合法权益的，可以依法向本机关申诉（监察法第六十九条）。',
  },
  ADMIN: {
    basis: '《中华人民共和国行政强制法》第二十四条',
    remedy: '对本决定不服的，可以依法申请行政复议或者提起行政诉讼。',
  },
  TAX: {
    basis: '《中华人民共和国税收征收管理法》',
    remedy: '对本决定不服的，可以依法申请行政复议或者提起行政诉讼。',
  },
}
