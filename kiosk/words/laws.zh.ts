/** Laws by name, as the basis of a term or of a way of disposal names them. */
export const lawsZh = {
  'law.supervision-rules': '监察法实施条例',
  'law.supervision': '监察法',
  'law.compulsion': '行政强制法',
  'law.penalty': '行政处罚法',
  'law.tax-rules': '税收征管法实施细则',
  'law.tax': '税收征管法',
  'law.tax-inspection': '税务稽查案件办理程序规定',
  'law.police': '公安机关涉案财物管理若干规定',
  'law.procuratorate': '检察院涉案财物管理规定',
  'law.discipline': '监督执纪工作规则',
  'law.reports': '检举控告规则',
  'law.petitions': '信访工作条例',
  'law.local': '地方规定',
  'law.house': '本系统内部规则',
} as const
