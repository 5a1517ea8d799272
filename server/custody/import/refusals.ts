import type { RefusalText } from '../../refusal.ts'

/** What a table lacks as a whole; what is wrong in a row, the import says row by row. */
export const importRefusals = {
  'custody.import-workbook': {
    status: 415,
    detail: {
      zh: '这是旧式 Excel 工作簿（.xls），或有打开密码的工作簿',
      en: 'This is an Excel workbook of the old kind (.xls), or one behind a password',
    },
    rule: null,
    remedy: {
      zh: '请在 Excel 或 WPS 中“另存为”不带密码的 .xlsx 或 CSV 后再导入',
      en: 'Save it as .xlsx without a password or as CSV in Excel or WPS, and import that',
    },
  },
  'custody.import-workbook-faulty': {
    status: 415,
    detail: { zh: 'Excel 工作簿读不出来：{zh}', en: 'The Excel workbook cannot be read: {en}' },
    rule: null,
    remedy: {
      zh: '请把要导入的内容复制到新的工作簿，另存为不带密码的 .xlsx 或 CSV 后再导入',
      en: 'Copy what is to be imported into a new workbook, save it as .xlsx without a password or as CSV, and import that',
    },
  },
  'custody.import-text': {
    status: 415,
    detail: { zh: '文件不是 UTF-8 或 GB18030 编码的文本', en: 'The file is no text in UTF-8 or GB 18030' },
    rule: null,
    remedy: { zh: '请另存为 CSV UTF-8 后再导入', en: 'Save it as CSV UTF-8, and import that' },
  },
  'custody.import-headings': {
    status: 422,
    detail: { zh: '第 1 行的栏目不对：{zh}', en: 'The headings in row 1 are wrong: {en}' },
    rule: null,
    remedy: { zh: '请下载模板，按模板的栏目填写', en: 'Download the template and keep its headings' },
  },
  'custody.import-quote': {
    status: 422,
    detail: { zh: '第 {row} 行的引号没有成对', en: 'In row {row} a quotation mark is not closed' },
    rule: null,
    remedy: { zh: '请用表格软件重新另存为 CSV', en: 'Save it as CSV again with a spreadsheet program' },
  },
  'custody.import-empty': {
    status: 422,
    detail: { zh: '表中没有可导入的内容', en: 'The table has nothing to import' },
    rule: null,
    remedy: { zh: '请从第 2 行起，一行填写一条', en: 'Fill in one a row, from row 2 on' },
  },
  'custody.import-rows': {
    status: 413,
    detail: { zh: '一次最多导入 {most} 行', en: 'At most {most} rows are imported at once' },
    rule: { zh: '本系统规则（单次办理件数）', en: 'A rule of this program (items in one act)' },
    remedy: { zh: '请分成几个文件导入', en: 'Divide it into several files' },
  },
  'custody.import-faults': {
    status: 422,
    detail: {
      zh: '有 {count} 处需要改正（首先是第 {row} 行：{zh}），没有导入任何内容',
      en: '{count} things have to be corrected (first, row {row}: {en}); nothing was imported',
    },
    rule: { zh: '全部导入或全部不导入', en: 'All are imported or none is' },
    remedy: { zh: '请按逐行说明改正后重新导入', en: 'Correct them as told row by row, and import again' },
  },
} as const satisfies Record<string, RefusalText>
