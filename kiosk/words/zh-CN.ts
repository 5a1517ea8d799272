import { accountZh } from './account.zh.ts'
import { agentsZh } from './agents.zh.ts'
import { askedZh } from './asked.zh.ts'
import { benchZh } from './bench.zh.ts'
import { dashboardZh } from './dashboard.zh.ts'
import { deadlinesZh } from './deadlines.zh.ts'
import { demoZh } from './demo.zh.ts'
import { deskZh } from './desk.zh.ts'
import { requestsZh } from './requests.zh.ts'
import { registerZh } from './register.zh.ts'
import { cardsZh } from './cards.zh.ts'
import { devicesZh } from './devices.zh.ts'
import { disposalZh } from './disposal.zh.ts'
import { inboundZh } from './inbound.zh.ts'
import { intakeZh } from './intake.zh.ts'
import { hallZh } from './hall.zh.ts'
import { lawsZh } from './laws.zh.ts'
import { caseWorkZh } from './case-work.zh.ts'
import { measuresZh } from './measures.zh.ts'
import { outboxZh } from './outbox.zh.ts'
import { papersZh } from './papers.zh.ts'
import { peopleZh } from './people.zh.ts'
import { asOfZh } from './as-of.zh.ts'
import { keeperZh } from './keeper.zh.ts'
import { regroupZh } from './regroup.zh.ts'
import { stocktakesZh } from './stocktakes.zh.ts'
import { boxesZh } from './boxes.zh.ts'
import { campaignsZh } from './campaigns.zh.ts'
import { samplesZh } from './samples.zh.ts'
import { rollUpZh } from './roll-up.zh.ts'
import { rankingZh } from './ranking.zh.ts'
import { maintainingZh } from './maintaining.zh.ts'
import { ratingZh } from './rating.zh.ts'
import { signOnsZh } from './sign-ons.zh.ts'
import { leaksZh } from './leaks.zh.ts'
import { worthZh } from './worth.zh.ts'
import { watchZh } from './watch.zh.ts'
import { comparingZh } from './comparing.zh.ts'
import { copiesZh } from './copies.zh.ts'
import { seeingZh } from './seeing.zh.ts'
import { storesZh } from './stores.zh.ts'
import { superviseZh } from './supervise.zh.ts'
import { urgingZh } from './urging.zh.ts'
import { roadZh } from './road.zh.ts'
import { keptZh } from './kept.zh.ts'
import { onPaperZh } from './on-paper.zh.ts'
import { reconcilingZh } from './reconciling.zh.ts'
import { witnessedZh } from './witnessed.zh.ts'

/** Every text of the screens, in Chinese. `{name}` places are filled in. The first part of a key is the subject or the screen. */
export const zh = {
  ...accountZh,
  ...agentsZh,
  ...askedZh,
  ...benchZh,
  ...dashboardZh,
  ...deadlinesZh,
  ...demoZh,
  ...deskZh,
  ...requestsZh,
  ...registerZh,
  ...cardsZh,
  ...devicesZh,
  ...disposalZh,
  ...inboundZh,
  ...intakeZh,
  ...hallZh,
  ...lawsZh,
  ...caseWorkZh,
  ...measuresZh,
  ...worthZh,
  ...leaksZh,
  ...outboxZh,
  ...papersZh,
  ...peopleZh,
  ...asOfZh,
  ...keeperZh,
  ...regroupZh,
  ...stocktakesZh,
  ...boxesZh,
  ...campaignsZh,
  ...samplesZh,
  ...rankingZh,
  ...rollUpZh,
  ...ratingZh,
  ...maintainingZh,
  ...comparingZh,
  ...copiesZh,
  ...signOnsZh,
  ...watchZh,
  ...seeingZh,
  ...storesZh,
  ...superviseZh,
  ...urgingZh,
  ...keptZh,
  ...onPaperZh,
  ...reconcilingZh,
  ...witnessedZh,
  ...roadZh,
  'app.name': '清管',
  'app.subject': '涉案财物管理',
  'app.sentence': '一案一账 · 一物一卡 · 扣管分离 · 案结物清',

  'language.name': '语言',
  'language.zh': '中文',
  'language.en': 'English',

  'state.ok': '通过',
  'state.refused': '拒绝',
  'state.fault': '故障',
  'state.attention': '注意',
  'state.unknown': '待核实',
  'state.quiet': '待命',

  'link.connecting': '正在连接',
  'link.live': '已连接',
  'link.lost': '连接中断',
  'link.lost-detail': '正在自动重连；恢复前看到的可能不是最新状态',

  'lock.locked': '已锁定',
  'lock.unlocked': '已解锁',

  'shell.place': '地点',
  'shell.number': '编号',
  'shell.person': '人员',
  'shell.nobody': '未登录',
  'shell.sign-out': '退出',
  'shell.skip': '跳到主要内容',
  'shell.volume': '音量',
  'shell.keys': '按键',

  'verdict.rule': '依据',
  'verdict.remedy': '处理办法',
  'verdict.code': '代码',
  'verdict.waiting': '请扫描',

  'action.back': '返回',
  'action.cancel': '取消',
  'action.close': '关闭',
  'action.confirm': '确认',
  'action.more': '显示更多',
  'action.retry': '重试',
  'action.remove': '移除',
  'action.save': '保存',
  'action.choose': '选择',

  'field.required': '必填',
  'field.fill-in': '请填写此项',
  'field.not-so': '请按要求填写此项',
  'field.too-long': '最多 {most} 字，多了 {over} 字',
  'field.choose': '请选择',

  'step.done': '已完成',
  'step.now': '进行中',
  'step.todo': '未开始',
  'step.refused': '未通过',
  'step.needless': '不需要',

  'text.comma': '、',
  'text.aside': '{text}（{aside}）',
  'text.of': '{what}：{words}',

  'table.empty': '没有记录',
  'table.rows': '共 {count} 条',
  'table.keys': '上下键移动，回车打开',
  'table.keys-mark': '，空格选择',
  'table.mark': '选择此行',
  'table.mark-all': '全选',

  'busy.working': '正在处理…',

  'item.category': '类别',
  'item.quantity': '数量',
  'item.case': '案件',
  'item.holder': '当前保管',
  'item.place': '位置',
  'item.photo-none': '尚无照片',
  'item.photo-broken': '照片没有载入',
  'item.photo-of': '{name}的照片',

  'timeline.recorded': '登记于 {at}',
  'timeline.with': '会同 {people}',
  'timeline.entry': '台账 {register} 第 {seq} 条',
  'timeline.hash': '哈希值',
  'timeline.photo': '第 {n} 张照片',

  'photo.take': '拍照',
  'photo.open-camera': '打开摄像头',
  'photo.close-camera': '关闭摄像头',
  'photo.choose': '选择文件',
  'photo.drop': '也可以把图片拖到这里，或直接粘贴',
  'photo.count': '已选 {count} 张，最多 {most} 张',
  'photo.remove': '移除照片 {name}',
  'photo.none': '尚未选择照片',
  'photo.too-large': '{name} 有 {size}，超过单张上限 {limit}',
  'photo.not-image': '{name} 不是可用的图片（JPEG 或 PNG）',
  'photo.too-many-pixels': '{name} 像素过多（最多 4000 万像素，边长最多 12000），未加入；请调低相机分辨率后重拍',
  'photo.too-many': '最多 {most} 张，其余未加入',
  'photo.camera-insecure': '此地址不是安全连接，浏览器不允许使用摄像头；请改用 https 或选择文件',
  'photo.camera-denied': '浏览器未允许使用摄像头；请在地址栏旁开启权限或选择文件',
  'photo.camera-missing': '没有找到摄像头；请选择文件',
  'photo.camera-busy': '摄像头正被其他程序占用；请关闭后重试或选择文件',

  'barcode.by-hand': '扫描，或手工输入后按回车',

  'camera.open': '用摄像头扫码',
  'camera.title': '用摄像头扫码',
  'camera.close': '关闭摄像头',
  'camera.other': '换一个摄像头',
  'camera.none': '摄像头不可用',
  'camera.asking': '正在打开摄像头。浏览器若询问，请选择“允许”；画面只在本机识别，不保存、不上传。',
  'camera.looking': '请把条码放进框内，距离 10 到 25 厘米，保持不动。',
  'camera.straining': '还没有读出。请靠近或拉远一些，避开反光，擦净镜头；仍读不出请手工输入编号。',
  'camera.insecure': '此地址不是安全连接，浏览器不允许使用摄像头。请改用 https 地址，或使用扫描枪、手工输入。',
  'camera.denied': '浏览器未允许使用摄像头。请在地址栏旁开启摄像头权限后重试，或手工输入。',
  'camera.missing': '没有找到摄像头。请接好摄像头后重试，或使用扫描枪、手工输入。',
  'camera.busy': '摄像头正被其他程序占用。请关闭该程序后重试，或手工输入。',
  'camera.taken': '摄像头断开了。请检查连接后重试，或手工输入。',
  'camera.unloaded': '识别程序没有载入，可能与服务器的连接中断。请稍后重试，或手工输入。',

  'fault.line-cut': '条码没有读完整',
  'fault.line-too-long': '条码过长，不是本系统的标签',
  'fault.line-garbled': '条码中含有控制字符或无法识别的内容',
  'fault.scan-again': '请重新扫描；反复出现请更换标签或检查扫描枪',

  'problem.offline': '没有收到服务器的答复',
  'problem.offline-remedy': '请检查网络后重试；同一操作重复提交不会重复登记',
  'problem.failed': '服务器内部出错（{status}）',
  'problem.failed-remedy': '请重试；反复出现请联系系统管理员',

  'route.missing': '没有这个页面',
  'route.missing-detail': '地址 {path} 不对应任何页面',
  'route.home': '回到首页',
  'route.not-loaded': '页面没有载入',
  'route.not-loaded-detail': '服务器可能刚刚更新或暂时连接不上',

  'sign-in.title': '登录',
  'sign-in.by-badge': '工牌与 PIN',
  'sign-in.by-password': '账号与口令',
  'sign-in.login': '账号',
  'sign-in.password': '口令',
  'sign-in.badge': '工牌',
  'sign-in.badge-hint': '请扫描或刷工牌',
  'sign-in.pin': 'PIN',
  'sign-in.code': '动态码',
  'sign-in.code-hint': '身份验证器上的 6 位数字，或一个恢复码',
  'sign-in.enter': '登录',
  'sign-in.other-way': '改用{way}',
  'sign-in.provider': '用{provider}登录',
  'sign-in.returning': '正在核对身份',
  'sign-in.back': '返回登录页',

  'home.title': '选择工作',
  'home.stations': '工位',
  'home.stations-none': '还没有登记工位',
  'home.desks': '办公',
  'home.desk': '办案',
  'home.desk-detail': '开立案件台账、登记物品、打印物品卡、移交、申请调用',
  'home.decide': '审批',
  'home.decide-detail': '审批申请、作出异常结论、查看案件台账',
  'home.cases': '案件台账',
  'home.cases-detail': '查看案件台账、移交清单与超期调用',
  'home.supervise': '监督',
  'home.supervise-detail': '查看物品流转、校验台账',
  'home.deadlines': '期限',
  'home.deadlines-detail': '到期与超期、工作日历、期限规则',
  'home.people': '人员与岗位',
  'home.people-detail': '组织机构、岗位、工牌、重置口令；两类管理员共同办理',
  'home.devices': '设备',
  'home.agents-detail': '登记和吊销接有设备的其他电脑，查看连接、时钟和待上传的记录',
  'home.outbox-detail': '邮件和短信网关通知的送达情况；试发、重发',
  'home.devices-detail': '设备状态、读数与实时字节；添加、修改、移动、测试',
  'home.counter-detail': '上岗、叫下一位、请评价',
  'home.rating-detail': '满意率及区间、未评价、预警、计票账目',
  'home.demo': '演示设备',
  'home.demo-detail': '模拟扫描、称重、打印与断线',

  'sign-in.asking': '正在确认登录状态',
  'home.posts': '岗位：{posts}',
  'home.waiting': '等我办理',
  'home.task.approvals': '审批',
  'home.task.approvals-detail': '项申请等您决定',
  'home.task.approvals-none': '没有等您决定的申请',
  'home.task.conclusions': '异常结论',
  'home.task.conclusions-detail': '起异常等您作出结论',
  'home.task.conclusions-none': '没有等您作结论的异常',
  'home.task.to-hand-over': '待移交',
  'home.task.to-hand-over-detail': '件物品还在部门，没有移交',
  'home.task.to-hand-over-none': '没有留在部门的物品',
  'home.task.asked': '我的申请',
  'home.task.asked-detail': '项申请等待审批',
  'home.task.asked-none': '没有等待审批的申请',
  'home.task.check-in': '待入库',
  'home.task.check-in-detail': '件物品已列入清单，等待核对入库',
  'home.task.check-in-none': '没有等待入库的物品',
  'home.task.overdue': '超期未还',
  'home.task.overdue-detail': '笔调用超期未还',
  'home.task.overdue-none': '没有超期的调用',
  'home.task.incidents': '异常',
  'home.task.incidents-detail': '起异常还没有结论',
  'home.task.incidents-none': '没有未了结的异常',
  'home.task.registers': '台账校验',
  'home.task.registers-detail': '本台账与校验不符，请立即查看',
  'home.task.registers-none': '没有发现不符的台账',
  'home.task.proposals': '待我确认',
  'home.task.proposals-detail': '项人员变更等您确认',
  'home.task.proposals-none': '没有等您确认的人员变更',
  'post.officer': '办案人员',
  'post.custodian': '保管人员',
  'post.approver': '审批领导',
  'post.supervisor': '监督人员',
  'post.clerk': '窗口人员',
  'post.manager': '部门负责人',
  'post.system-admin': '系统管理员',
  'post.security-admin': '安全管理员',
  'post.audit-admin': '审计管理员',

  'station.bench': '保管台',
  'station.door': '库门',
  'station.aisle': '库内',
  'station.desk': '登记台',
  'station.counter': '服务窗口',
  'station.wall': '大屏',
} as const
