package words

import "fmt"

// Failure is what the command line says of a command that failed.
type Failure struct {
	Code   string // stable, for whoever is called about it
	Inward bool   // the cause is for the log, not for the person at the counter
	Advice
}

// What the command line says when a terminal cannot open, each with the next
// step.
var (
	FolderFailed      = Failure{"folder.failed", false, Advice{Text{"The data folder cannot be used", "数据文件夹无法使用"}, Text{"Choose another with --data DIR, or give yourself the right to write there.", "请用 --data DIR 换一个文件夹，或取得写入权限。"}}}
	JournalInUse      = Failure{"journal.in-use", true, Advice{Text{"Another vpos is using this data folder", "另一个 vpos 正在使用此数据文件夹"}, Text{"Close it first, or choose another folder with --data DIR.", "请先关闭它，或用 --data DIR 换一个文件夹。"}}}
	JournalCorrupt    = Failure{"journal.corrupt", true, Advice{Text{"The journal is damaged", "交易日志已损坏"}, Text{"Do not delete it. Copy the folder away, then call the help line.", "请勿删除。先备份整个文件夹，再联系客服。"}}}
	JournalReadOnly   = Failure{"journal.read-only", true, Advice{Text{"The journal cannot be written", "交易日志不可写"}, Text{"Make the folder writable, or choose another with --data DIR.", "请使文件夹可写，或用 --data DIR 换一个文件夹。"}}}
	JournalFull       = Failure{"journal.full", true, Advice{Text{"The disk is full", "磁盘已满"}, Text{"Free some space, then start again. Nothing was lost.", "请清理磁盘后重新启动，数据没有丢失。"}}}
	JournalMode       = Failure{"journal.mode", true, Advice{Text{"This folder belongs to the other mode", "此文件夹属于另一种模式"}, Text{"Training and live never share a folder. Choose another with --data DIR.", "培训与正式数据不能共用，请用 --data DIR 换一个文件夹。"}}}
	JournalTerminal   = Failure{"journal.terminal", true, Advice{Text{"This folder belongs to another terminal", "此文件夹属于另一台终端"}, Text{"Use the terminal number it was made for, or choose another folder.", "请使用原终端号，或换一个文件夹。"}}}
	JournalNewer      = Failure{"journal.newer", true, Advice{Text{"A newer vpos wrote this journal", "此日志由更新版本的 vpos 写成"}, Text{"Use that version, or a later one.", "请使用该版本或更新的版本。"}}}
	JournalForeign    = Failure{"journal.foreign", true, Advice{Text{"The file journal.db is not a journal", "journal.db 不是交易日志"}, Text{"Choose another folder with --data DIR.", "请用 --data DIR 换一个文件夹。"}}}
	JournalKey        = Failure{"journal.key", true, Advice{Text{"The key does not open this journal", "密钥无法打开此日志"}, Text{"Restore journal.key, or the keychain entry it names.", "请恢复 journal.key 文件或它所指的钥匙串条目。"}}}
	JournalPassphrase = Failure{"journal.passphrase", true, Advice{Text{"This folder is sealed by a passphrase", "此文件夹已用口令加密"}, Text{"Start vpos in a terminal window, where it can ask for it.", "请在终端窗口中启动 vpos，以便输入口令。"}}}
	JournalNoKey      = Failure{"journal.no-keychain", true, Advice{Text{"There is no keychain for the live key", "没有可存放正式密钥的钥匙串"}, Text{"Start vpos in a terminal window and choose a passphrase.", "请在终端窗口中启动 vpos 并设定口令。"}}}
	JournalFailed     = Failure{"journal.failed", true, Advice{Text{"The journal cannot be used", "交易日志无法使用"}, Text{"Check the disk and the folder, then start again. If it stays, call the help line.", "请检查磁盘和文件夹后重新启动。如仍不行，请联系客服。"}}}
	JournalMissing    = Failure{"journal.missing", false, Advice{Text{"There is no journal here", "此处没有交易日志"}, Text{"Name the terminal's folder with --data DIR; the first start of vpos makes its journal.", "请用 --data DIR 指定终端的数据文件夹；首次启动 vpos 时会建立日志。"}}}
	LedgerMissing     = Failure{"ledger.missing", false, Advice{Text{"There is no host ledger here", "此处没有主机账本"}, Text{"Name the host's folder with --data DIR; the first start of vpos host makes its ledger.", "请用 --data DIR 指定主机的数据文件夹；首次启动 vpos host 时会建立账本。"}}}
	LedgerInUse       = Failure{"ledger.in-use", true, Advice{Text{"A running host holds the ledger of this folder", "正在运行的主机占用了此文件夹的账本"}, Text{"End that vpos host, or the training terminal with its own host, then try again.", "请先结束该 vpos host 或自带主机的培训终端，再试一次。"}}}
	HostStoreFailed   = Failure{"ledger.failed", true, Advice{Text{"The host simulator's ledger cannot be used", "主机模拟器的账本无法使用"}, Text{"Check the disk and the folder, or choose another with --data DIR.", "请检查磁盘和文件夹，或用 --data DIR 换一个文件夹。"}}}
	PrinterNamed      = Failure{"printer.address", false, Advice{Text{"The printer's address cannot be used", "打印机地址无法使用"}, Text{"Mend receipts.printer; vpos receipts detect lists what there is.", "请改正 receipts.printer；vpos receipts detect 可列出本机打印机。"}}}
	PrinterProfileBad = Failure{"printer.profile", false, Advice{Text{"The printer's profile cannot be used", "打印机型号文件无法使用"}, Text{"Mend it, or take one that vpos receipts printers lists.", "请改正，或改用 vpos receipts printers 所列型号。"}}}
	PrinterNarrow     = Failure{"printer.columns", false, Advice{Text{"The printer has no paper of so many columns", "打印机没有这种列数的纸"}, Text{"Change receipts.columns or receipts.profile; vpos receipts printers lists both.", "请修改 receipts.columns 或 receipts.profile；见 vpos receipts printers。"}}}
	SpoolFailed       = Failure{"spool.failed", true, Advice{Text{"The list of what was printed cannot be opened", "无法打开打印记录"}, Text{"Check the folder spool in the data folder, and the disk.", "请检查数据文件夹下的 spool 和磁盘。"}}}
	ListenFailed      = Failure{"listen.failed", false, Advice{Text{"The address cannot be listened on", "无法监听该地址"}, Text{"Choose a free port: --listen 127.0.0.1:PORT.", "请换一个空闲端口：--listen 127.0.0.1:PORT。"}}}
	ProfileBroken     = Failure{"profile.broken", false, Advice{Text{"The acquirer profile cannot be used", "收单机构配置无法使用"}, Text{"Mend the file, or choose iso87-ascii, unionpay or iso93.", "请改正该文件，或选用 iso87-ascii、unionpay、iso93。"}}}
	ProfileUnsigned   = Failure{"profile.unsigned", false, Advice{Text{"This acquirer profile signs no messages, which a live terminal must", "该收单机构配置不做报文鉴别，不能用于正式收款"}, Text{"Set keys.mac in the profile as the acquirer has it.", "请按收单机构的要求在配置中设置 keys.mac。"}}}
	ScriptBroken      = Failure{"script.broken", false, Advice{Text{"The fault script cannot be used", "故障脚本无法使用"}, Text{"Mend that line, or name another file. vpos host --help shows how a step is written.", "请改正该行，或换一个文件。写法见 vpos host --help。"}}}
	LanguageUnknown   = Failure{"language.unknown", false, Advice{Text{"There is no such screen language", "没有这种界面语言"}, Text{"Choose Chinese or English: --lang zh or --lang en", "请选择中文或英文：--lang zh 或 --lang en"}}}
	Misuse            = Failure{"misuse", false, Advice{Text{"That is not how vpos is called", "命令用法不对"}, Text{"vpos --help lists the commands and flags.", "用 vpos --help 查看命令和参数。"}}}
	NotHex            = Failure{"hex.format", false, Advice{Text{"That cannot be read as hex", "无法按十六进制读取"}, Text{"Give pairs of 0-9 and A-F, as an argument or on standard input.", "请以参数或标准输入给出成对的 0-9、A-F。"}}}
	DecodeBroken      = Failure{"decode.broken", false, Advice{Text{"The data is damaged here", "数据在此处损坏"}, Text{"What is above was read before the damage.", "以上是损坏之前读到的内容。"}}}
	NoTerminal        = Failure{"screen.none", false, Advice{Text{"There is no terminal to draw on", "没有可显示的终端"}, Text{"Start vpos in a terminal window, or use the line dialogue: vpos --plain.", "请在终端窗口中启动，或使用行对话：vpos --plain。"}}}
	SlipUnprintable   = Failure{"slip.unprintable", false, Advice{Text{"A slip with this shop's words cannot be printed", "此商户信息无法打印成签购单"}, Text{"Mend the [merchant] and [receipts] entries of the configuration.", "请改正配置文件的 [merchant] 和 [receipts] 部分。"}}}
	PassphraseShort   = Failure{"passphrase.short", false, Advice{Text{"The passphrase is too short", "口令太短"}, Text{"Choose at least twelve characters; a few words are best.", "请至少使用十二个字符，用几个词组成最好。"}}}
	PassphraseDiffers = Failure{"passphrase.differs", false, Advice{Text{"The two passphrases differ", "两次口令不一致"}, Text{"Start again and type the same one twice.", "请重新启动，并输入相同的口令两次。"}}}
	Panicked          = Failure{"state.impossible", true, Advice{Text{"vpos met an impossible state and stopped", "vpos 遇到异常状态，已停止"}, Text{"Start it again: what was under way will be reversed. Send log/vpos.log to the help line.", "请重新启动，未完成的交易将被冲正。并请将 log/vpos.log 发给客服。"}}}
)

// What the commands about configurations and the host simulator say.
var (
	ConfigExists     = Failure{"config.exists", false, Advice{Text{"The file is there already", "文件已存在"}, Text{"Name another, or remove it first.", "请换一个文件名，或先删除它。"}}}
	ConfigUnwritable = Failure{"config.unwritable", false, Advice{Text{"The file cannot be written", "文件无法写入"}, Text{"Choose a folder you may write to.", "请选择有写入权限的文件夹。"}}}
	SettingsLive     = Failure{"settings.live", false, Advice{Text{"The settings in the data folder say live", "数据文件夹中的设置要求实时收款"}, Text{"Only a file named with --config makes a terminal live. Start with that, or delete settings.toml.", "只有用 --config 指定的文件才能实时收款。请用它启动，或删除 settings.toml。"}}}
	ConfigAbsent     = Text{"Check the name, or write a configuration: vpos config init FILE", "请核对文件名，或新建配置：vpos config init FILE"}
	ConfigDenied     = Text{"Give yourself the right to read it, or name another file.", "请取得读取权限，或换一个文件。"}
	ConfigMend       = Text{"Mend these, then check again: vpos config check FILE", "请改正后再检查：vpos config check FILE"}
)

// What is asked where only a passphrase gives the key.
var (
	PassphraseAsk    = Text{"Passphrase of this data folder:", "此数据文件夹的口令："}
	PassphraseChoose = Text{"There is no keychain here. Choose a passphrase for the live data:", "此处没有钥匙串。请为正式数据设定口令："}
	PassphraseAgain  = Text{"The same again:", "请再输入一次："}
)

// Sentence is one line of a command's output with a place for its argument.
type Sentence struct{ Text }

// Fill puts the arguments in.
func (s Sentence) Fill(l Lang, args ...any) string { return fmt.Sprintf(s.In(l), args...) }

// The lines of commands that went well.
var (
	ConfigWritten  = Sentence{Text{"Wrote %s. Start with: vpos --config FILE", "已写入 %s。启动：vpos --config FILE"}}
	ConfigTraining = Sentence{Text{"%s is right: a training terminal.", "%s 正确：培训终端。"}}
	ConfigLive     = Sentence{Text{"%s is right: a LIVE terminal. Real money moves.", "%s 正确：正式终端，将产生真实扣款。"}}
	MoreLines      = Sentence{Text{"… stopped at the limit of %d; %d more: --limit N, or --all", "… 已达 %d 笔上限，还有 %d 笔：用 --limit N 或 --all"}}
	DetailsIn      = Sentence{Text{"Details: %s (%s)", "详情：%s（%s）"}}
	FolderOf       = Sentence{Text{"Folder: %s (%s)", "文件夹：%s（%s）"}}
	NoSubcommand   = Sentence{Text{"%s has no command %q", "%s 没有命令 %q"}}
	Subcommands    = Sentence{Text{"Its commands: %s", "可用命令：%s"}}
	HostListening  = Sentence{Text{"host: listening on %s", "host: 正在监听 %s"}}
)

// What the commands about paper say.
var (
	SampleUnknown    = Failure{"sample.unknown", false, Advice{Text{"There is no such sample", "没有这个样张"}, Text{"vpos receipts samples lists them.", "用 vpos receipts samples 查看。"}}}
	SlipNotForScreen = Failure{"slip.binary", false, Advice{Text{"This format is nothing for the screen", "此格式不能显示在屏幕上"}, Text{"Name a file: --out FILE", "请指定文件：--out FILE"}}}
	PrinterIsFile    = Failure{"printer.none", false, Advice{Text{"The configuration names no printer: slips go to files", "配置中没有打印机：签购单存为文件"}, Text{"Set receipts.printer; vpos receipts detect lists what there is.", "请设置 receipts.printer；vpos receipts detect 可列出本机打印机。"}}}
	PrintersNone     = Text{"No printer device, serial line or queue was found. One in the network is tcp:HOST.", "没有找到打印设备、串口或打印队列。网络打印机写作 tcp:地址。"}
	PrinterTested    = Text{"The test page is out.", "测试页已打出。"}
	PrinterListening = Sentence{Text{"printer: listening on %s", "printer: 正在监听 %s"}}
	PrinterFaultOn   = Sentence{Text{"printer: %s begins", "printer: %s 开始"}}
	PrinterFaultOff  = Sentence{Text{"printer: %s ends", "printer: %s 结束"}}
	PrinterWell      = Text{"printer: all is well", "printer: 一切正常"}
	PrinterFaults    = Sentence{Text{"printer: type a fault: %s; or well", "printer: 可输入故障：%s；或 well"}}
	PrinterUnknown   = Sentence{Text{"printer: not understood: %s", "printer: 无法识别：%s"}}
	PrinterTorn      = Text{"printer: the slip broke off", "printer: 单据未打完"}
	PrinterDrawer    = Text{"printer: the drawer opens", "printer: 钱箱弹开"}
	PrinterPicture   = Sentence{Text{"printer: picture %s", "printer: 图片 %s"}}
	PrinterNoPicture = Sentence{Text{"printer: no picture: %s", "printer: 未能保存图片：%s"}}
)

// What the command about virtual cards says.
var (
	CardUnknown    = Failure{"card.unknown", false, Advice{Text{"There is no such card in the deck", "卡组中没有这张卡"}, Text{"vpos card --list names the cards and the faults.", "用 vpos card --list 查看卡片和故障名称。"}}}
	CardFileWrong  = Failure{"card.file", false, Advice{Text{"The card file cannot be used", "卡片文件无法使用"}, Text{"Mend that line. The files in reader/deck/cards show how one is written.", "请改正该行。写法可参考 reader/deck/cards 中的文件。"}}}
	CardNoSlot     = Failure{"card.slot", false, Advice{Text{"The card cannot be put in", "无法插卡"}, Text{"Start pcscd with a virtual reader, then name its port: --connect 127.0.0.1:35963", "请先启动带虚拟读卡器的 pcscd，再指定端口：--connect 127.0.0.1:35963"}}}
	CardNothing    = Failure{"card.nothing", false, Advice{Text{"Say which card", "请指定卡片"}, Text{"vpos card visa-credit --connect 127.0.0.1:35963, or vpos card --list", "例如 vpos card visa-credit --connect 127.0.0.1:35963，或 vpos card --list"}}}
	ReaderUnknown  = Failure{"reader.unknown", false, Advice{Text{"There is no such kind of reader", "没有这种读卡器"}, Text{"Choose one: --reader auto, none, deck[:CARD] or pcsc[:NAME]", "请选择：--reader auto、none、deck[:卡名] 或 pcsc[:名称]"}}}
	DeckInLive     = Failure{"reader.live", false, Advice{Text{"Virtual cards are for training only", "虚拟卡仅用于培训"}, Text{"A live terminal reads real cards: --reader pcsc", "正式终端请使用真实读卡器：--reader pcsc"}}}
	CardInserted   = Sentence{Text{"card: %s inserted at %s", "card: %s 已插入 %s"}}
	CardRemoved    = Text{"card: removed", "card: 已取出"}
	CardTorn       = Text{"card: torn out", "card: 被提前拔出"}
	CardListCards  = Text{"Cards:", "卡片："}
	CardListFaults = Text{"Faults, as in visa-credit+tear:7+slow:", "故障，用法如 visa-credit+tear:7+slow："}
)
