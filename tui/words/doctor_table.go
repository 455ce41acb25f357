package words

import "vpos/txn/health"

// findings has every code of the device check.
var findings = map[health.Code]Advice{
	health.ReaderReady:     {Headline: Text{"Ready", "就绪"}},
	health.ReaderDeck:      {Headline: Text{"Virtual cards", "使用虚拟卡"}},
	health.ReaderUnused:    {Headline: Text{"None wanted", "设置为不读芯片"}},
	health.ReaderNone:      {Text{"No reader plugged in", "未接读卡器"}, Text{"Plug in a USB reader, or go on with swipes and keyed cards.", "请插入 USB 读卡器，或改用刷卡、手输卡号。"}},
	health.ReaderOther:     {Text{"Not the reader of the settings", "没有设置中的读卡器"}, Text{"Plug that one in, or change reader.use.", "请插入该读卡器，或修改 reader.use。"}},
	health.ReaderNoService: {Text{"No smart-card service", "智能卡服务未运行"}, Text{"Start pcscd (on Windows: Smart Card), then check again.", "请启动 pcscd（Windows 为 Smart Card）后重新检查。"}},
	health.ReaderDisabled:  {Text{"Not in this build", "此版本不支持读卡器"}, Text{"Use a build with PC/SC to read chips; swipes and keys work.", "读芯片须用支持 PC/SC 的版本；刷卡和手输可用。"}},

	health.PrinterReady:      {Headline: Text{"Ready: slips go to files", "就绪：签购单存为文件"}},
	health.PrinterNew:        {Headline: Text{"Ready: no slip yet", "就绪：尚无签购单"}},
	health.PrinterUnwritable: {Text{"Slips cannot be written", "签购单无法写入"}, Text{"Make the folder receipts writable for you.", "请取得 receipts 文件夹的写入权限。"}},
	health.PrinterFull:       {Text{"No room for slips", "没有空间保存签购单"}, Text{"Free some space on the disk.", "请清理磁盘空间。"}},
	health.PrinterOnline:     {Headline: Text{"Ready to print", "打印机就绪"}},
	health.PrinterNearEnd:    {Text{"Paper ends soon", "纸将用完"}, Text{"Have a new roll at hand.", "请备好新纸卷。"}},
	health.PrinterPaperOut:   {Text{"Out of paper", "缺纸"}, Text{"Put a roll in, then check again.", "请装入纸卷后重新检查。"}},
	health.PrinterCover:      {Text{"Cover is open", "盖子未关"}, Text{"Close it until it clicks.", "请合上盖子。"}},
	health.PrinterOffline:    {Text{"Offline", "打印机离线"}, Text{"Press its FEED or ONLINE key.", "请按打印机的走纸或联机键。"}},
	health.PrinterSilent:     {Text{"Does not answer", "没有应答"}, Text{"Switch it on; or choose a profile that cannot confirm.", "请开机；不能应答的机型请换型号设置。"}},
	health.PrinterMissing:    {Text{"Not there", "找不到打印机"}, Text{"Check the cable; vpos receipts detect lists all.", "请检查连线；vpos receipts detect 可列出。"}},
	health.PrinterDenied:     {Text{"No right to use it", "无权使用打印机"}, Text{"Join its group (lp or dialout), sign in anew.", "请加入 lp 或 dialout 组并重新登录。"}},
	health.PrinterBusy:       {Text{"In use", "打印机被占用"}, Text{"Close the other program.", "请关闭其他程序。"}},
	health.PrinterUnreached:  {Text{"Not reached", "无法连接"}, Text{"Check that it is on, the network and its address.", "请检查打印机电源、网络和地址。"}},
	health.PrinterTrouble:    {Text{"Reports a fault", "打印机报告故障"}, Text{"Switch it off and on; see its manual.", "请重启打印机，并查看其说明书。"}},
	health.PrinterSettings:   {Text{"Its settings cannot be used", "打印机设置无法使用"}, Text{"Mend [receipts] of the configuration.", "请改正配置文件的 [receipts]。"}},
	health.PrinterFailed:     {Text{"Slips cannot be printed", "签购单无法打印"}, Text{"Check the folder receipts and the disk.", "请检查 receipts 文件夹和磁盘。"}},

	health.LinkGood:     {Headline: Text{"Answers", "应答正常"}},
	health.LinkEmbedded: {Headline: Text{"Simulated in the terminal", "终端内置模拟主机"}},
	health.LinkHeld:     {Headline: Text{"In use by the terminal", "终端正在使用"}},
	health.LinkDown:     {Text{"Cannot be reached", "无法连接"}, Text{"Check the network and host.address, then call the acquirer.", "请检查网络和 host.address，再联系收单机构。"}},
	health.LinkTLS:      {Text{"Its identity does not hold", "主机身份验证失败"}, Text{"Sell nothing. Check host.tls with the acquirer.", "请勿交易，并与收单机构核对 host.tls。"}},
	health.LinkEnds:     {Text{"Its certificate ends soon", "主机证书即将到期"}, Text{"Ask the acquirer about its next certificate.", "请向收单机构询问新证书。"}},
	health.LinkSilent:   {Text{"Connected, but no answer", "已连接，但无应答"}, Text{"Check host.profile and framing, then call the acquirer.", "请检查 host.profile 和 framing，再联系收单机构。"}},
	health.LinkRefused:  {Text{"Refuses the echo", "拒绝线路测试"}, Text{"Check the terminal and merchant numbers with the acquirer.", "请与收单机构核对终端号和商户号。"}},
	health.LinkSlow:     {Text{"Answers slowly", "应答缓慢"}, Text{"Expect slow sales; check the network.", "交易会变慢，请检查网络。"}},

	health.ClockTrue:   {Headline: Text{"Agrees with the host", "与主机一致"}},
	health.ClockAlone:  {Headline: Text{"No host time to compare", "没有主机时间可比较"}},
	health.ClockOff:    {Text{"Differs from the host", "与主机时间不一致"}, Text{"Set the computer's clock by the network.", "请将电脑时钟设为网络校时。"}},
	health.ClockWrong:  {Text{"Is wrong", "时间错误"}, Text{"Set date, time and zone before you sell: slips and batches go wrong.", "营业前请校正日期、时间和时区，否则单据会出错。"}},
	health.ClockJumped: {Text{"Has jumped", "时间发生跳变"}, Text{"Something set the clock meanwhile; see that it is right.", "运行中时钟被改动过，请确认时间正确。"}},
	health.ClockBehind: {Text{"Is before the last sale", "早于最后一笔交易"}, Text{"Set date and time before you sell.", "营业前请校正日期和时间。"}},

	health.DiskGood:     {Headline: Text{"Writes and keeps", "写入正常"}},
	health.DiskNew:      {Headline: Text{"No data yet", "尚无数据"}},
	health.DiskSlow:     {Text{"Writes slowly", "写入缓慢"}, Text{"Sales wait for it. Close what else writes, or change the disk.", "交易会等待写入。请关闭其他程序或更换磁盘。"}},
	health.DiskLow:      {Text{"Nearly full", "空间不足"}, Text{"Free some space before you sell.", "营业前请清理磁盘空间。"}},
	health.DiskFull:     {Text{"Full", "已满"}, Text{"Free some space: nothing can be sold.", "请清理磁盘空间，否则无法交易。"}},
	health.DiskReadOnly: {Text{"Cannot be written", "不可写"}, Text{"Make the data folder writable, or choose another: --data.", "请使数据文件夹可写，或用 --data 换一个。"}},
	health.DiskFailed:   {Text{"Does not write", "写入失败"}, Text{"Copy the data folder away and change the disk.", "请备份数据文件夹并更换磁盘。"}},

	health.FolderPrivate: {Headline: Text{"Yours alone", "仅本人可读"}},
	health.FolderNew:     {Headline: Text{"Not made yet", "尚未建立"}},
	health.FolderNoModes: {Headline: Text{"Kept by the system's lists", "由系统权限管理"}},
	health.FolderOpen:    {Text{"Others can look into it", "其他用户可以查看"}, Text{"Close it: chmod 700 on the data folder.", "请关闭权限：对数据文件夹执行 chmod 700。"}},
	health.FolderExposed: {Text{"Others can read files in it", "其他用户可以读取其中文件"}, Text{"Close it: chmod -R go-rwx on the data folder.", "请关闭权限：对数据文件夹执行 chmod -R go-rwx。"}},
	health.FolderFailed:  {Text{"Cannot be read", "无法读取"}, Text{"Give yourself the right to it, or choose another: --data.", "请取得读取权限，或用 --data 换一个。"}},

	health.KeychainGood:        {Headline: Text{"Holds the key", "密钥在其中"}},
	health.KeychainUnused:      {Headline: Text{"Training needs none", "培训模式不使用"}},
	health.KeychainPassphrase:  {Headline: Text{"A passphrase seals the data", "数据由口令加密"}},
	health.KeychainNew:         {Headline: Text{"No key yet", "尚无密钥"}},
	health.KeychainUnreachable: {Text{"Cannot be reached", "无法访问"}, Text{"Unlock the keychain of your account, then check again.", "请解锁系统钥匙串后重新检查。"}},
	health.KeychainLost:        {Text{"The key is missing", "密钥丢失"}, Text{"Restore the keychain's entry; without it the data stays shut.", "请恢复钥匙串条目，否则数据无法打开。"}},
	health.KeychainDamaged:     {Text{"journal.key is damaged", "journal.key 已损坏"}, Text{"Restore that file from your copy. Delete nothing.", "请用备份恢复该文件，切勿删除数据。"}},

	health.JournalGood:      {Headline: Text{"In order", "完好"}},
	health.JournalNew:       {Headline: Text{"No journal yet", "尚无交易日志"}},
	health.JournalHeld:      {Headline: Text{"A terminal is using it", "终端正在使用"}},
	health.JournalSealed:    {Headline: Text{"Its key is not at hand", "密钥不在手边"}},
	health.JournalCorrupt:   {Text{"Damaged", "已损坏"}, Text{"Copy the folder away, delete nothing, call the help line.", "请备份文件夹，勿删除，并联系客服。"}},
	health.JournalFailed:    {Text{"Cannot be opened", "无法打开"}, Text{"Start vpos on this folder: it says why, and what to do.", "请用此文件夹启动 vpos，会显示原因和处理办法。"}},
	health.JournalReversals: {Text{"Reversals are waiting", "有待冲正交易"}, Text{"They go by themselves once the host answers.", "主机恢复应答后会自动冲正。"}},
	health.JournalSlips:     {Text{"Slips are missing", "有签购单未打印"}, Text{"Print them with P at the start screen.", "请在待机画面按 P 补打。"}},
	health.JournalNearFull:  {Text{"The batch is nearly full", "批次快满"}, Text{"Settle soon: menu 82.", "请尽快结算：菜单 82。"}},
	health.JournalFull:      {Text{"The batch is full", "批次已满"}, Text{"Settle before the next sale: menu 82.", "请先结算再交易：菜单 82。"}},

	health.ScreenGood:       {Headline: Text{"Large enough", "大小合适"}},
	health.ScreenNone:       {Headline: Text{"There is none", "没有屏幕"}},
	health.ScreenUnmeasured: {Text{"Cannot be measured", "无法测量字宽"}, Text{"Both halves of the test line must be equally long.", "测试行的左右两半应一样长。"}},
	health.ScreenSmall:      {Text{"Too small", "太小"}, Text{"Make the window at least 40 columns by 20 lines.", "请将窗口放大到至少 40 列 20 行。"}},
	health.ScreenWide:       {Text{"Draws lines too wide", "线条显示过宽"}, Text{"Set ambiguous width to narrow, or choose ASCII borders.", "请将终端的歧义字宽设为窄，或改用 ASCII 边框。"}},

	health.ProgramSame:       {Headline: Text{"As it was first seen", "与首次记录一致"}},
	health.ProgramFirst:      {Headline: Text{"First seen now, recorded", "首次记录"}},
	health.ProgramUnrecorded: {Headline: Text{"Nothing to compare it with", "没有可比对的记录"}},
	health.ProgramSource:     {Headline: Text{"Built from source", "由源码编译"}},
	health.ProgramChecked:    {Headline: Text{"Agrees with its checksum file", "与校验文件一致"}},
	health.ProgramChanged:    {Text{"Changed under the same version", "版本未变而程序已变"}, Text{"If you did not replace it, sell nothing; install it anew.", "如非本人更换，请勿交易，并重新安装。"}},
	health.ProgramMismatch:   {Text{"Differs from its checksum file", "与校验文件不符"}, Text{"Sell nothing. Install it anew from where you trust.", "请勿交易，并从可信来源重新安装。"}},
	health.ProgramUnreadable: {Text{"Cannot be read", "无法读取"}, Text{"Install it where you may read it.", "请安装到可以读取的位置。"}},

	health.DumpsOff:     {Headline: Text{"Off", "已关闭"}},
	health.DumpsOn:      {Text{"On", "未关闭"}, Text{"A crash could put card data on the disk. Turn them off: ulimit -c 0.", "程序崩溃可能将卡数据写入磁盘，请关闭：ulimit -c 0。"}},
	health.DumpsUnknown: {Headline: Text{"Not told by this system", "此系统不提供"}},
}

// ProgramHonest is what a checksum can prove and what it cannot.
var ProgramHonest = Text{
	"A checksum finds a damaged or carelessly replaced program. Whoever can replace the program with intent can replace what it is compared with: compare the SHA-256 with the one your supplier publishes.",
	"校验和可发现程序损坏或被随意替换；若有人蓄意替换，也可能同时替换比对记录。请与供应商公布的 SHA-256 核对。",
}
