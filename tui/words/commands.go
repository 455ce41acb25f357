package words

import "fmt"

// What the command line says when a terminal cannot open, each with the next
// step.
var (
	FolderFailed      = Advice{Text{"The data folder cannot be used", "数据文件夹无法使用"}, Text{"Choose another with --data DIR, or give yourself the right to write there.", "请用 --data DIR 换一个文件夹，或取得写入权限。"}}
	JournalInUse      = Advice{Text{"Another vpos is using this data folder", "另一个 vpos 正在使用此数据文件夹"}, Text{"Close it first, or choose another folder with --data DIR.", "请先关闭它，或用 --data DIR 换一个文件夹。"}}
	JournalCorrupt    = Advice{Text{"The journal is damaged", "交易日志已损坏"}, Text{"Do not delete it. Copy the folder away, then call the help line.", "请勿删除。先备份整个文件夹，再联系客服。"}}
	JournalReadOnly   = Advice{Text{"The journal cannot be written", "交易日志不可写"}, Text{"Make the folder writable, or choose another with --data DIR.", "请使文件夹可写，或用 --data DIR 换一个文件夹。"}}
	JournalFull       = Advice{Text{"The disk is full", "磁盘已满"}, Text{"Free some space, then start again. Nothing was lost.", "请清理磁盘后重新启动，数据没有丢失。"}}
	JournalMode       = Advice{Text{"This folder belongs to the other mode", "此文件夹属于另一种模式"}, Text{"Training and live never share a folder. Choose another with --data DIR.", "培训与正式数据不能共用，请用 --data DIR 换一个文件夹。"}}
	JournalTerminal   = Advice{Text{"This folder belongs to another terminal", "此文件夹属于另一台终端"}, Text{"Use the terminal number it was made for, or choose another folder.", "请使用原终端号，或换一个文件夹。"}}
	JournalNewer      = Advice{Text{"A newer vpos wrote this journal", "此日志由更新版本的 vpos 写成"}, Text{"Use that version, or a later one.", "请使用该版本或更新的版本。"}}
	JournalForeign    = Advice{Text{"The file journal.db is not a journal", "journal.db 不是交易日志"}, Text{"Choose another folder with --data DIR.", "请用 --data DIR 换一个文件夹。"}}
	JournalKey        = Advice{Text{"The key does not open this journal", "密钥无法打开此日志"}, Text{"Restore journal.key, or the keychain entry it names.", "请恢复 journal.key 文件或它所指的钥匙串条目。"}}
	JournalPassphrase = Advice{Text{"This folder is sealed by a passphrase", "此文件夹已用口令加密"}, Text{"Start vpos in a terminal window, where it can ask for it.", "请在终端窗口中启动 vpos，以便输入口令。"}}
	JournalNoKey      = Advice{Text{"There is no keychain for the live key", "没有可存放正式密钥的钥匙串"}, Text{"Start vpos in a terminal window and choose a passphrase.", "请在终端窗口中启动 vpos 并设定口令。"}}
	HostStoreFailed   = Advice{Text{"The host simulator's ledger cannot be used", "主机模拟器的账本无法使用"}, Text{"Close any other simulator on this folder, or choose another with --data DIR.", "请关闭使用此文件夹的其他模拟器，或用 --data DIR 换一个文件夹。"}}
	ListenFailed      = Advice{Text{"The address cannot be listened on", "无法监听该地址"}, Text{"Choose a free port: --listen 127.0.0.1:PORT.", "请换一个空闲端口：--listen 127.0.0.1:PORT。"}}
	Misuse            = Advice{Text{"That is not how vpos is called", "命令用法不对"}, Text{"vpos --help lists the commands and flags.", "用 vpos --help 查看命令和参数。"}}
	NotHex            = Advice{Text{"That cannot be read as hex", "无法按十六进制读取"}, Text{"Give pairs of 0-9 and A-F, as an argument or on standard input.", "请以参数或标准输入给出成对的 0-9、A-F。"}}
	DecodeBroken      = Advice{Text{"The data is damaged here", "数据在此处损坏"}, Text{"What is above was read before the damage.", "以上是损坏之前读到的内容。"}}
	NoTerminal        = Advice{Text{"There is no terminal to draw on", "没有可显示的终端"}, Text{"Start vpos in a terminal window, or use the line dialogue: vpos --plain.", "请在终端窗口中启动，或使用行对话：vpos --plain。"}}
	SlipUnprintable   = Advice{Text{"A slip with this shop's words cannot be printed", "此商户信息无法打印成签购单"}, Text{"Mend the [merchant] and [receipts] entries of the configuration.", "请改正配置文件的 [merchant] 和 [receipts] 部分。"}}
	PassphraseShort   = Advice{Text{"The passphrase is too short", "口令太短"}, Text{"Choose at least twelve characters; a few words are best.", "请至少使用十二个字符，用几个词组成最好。"}}
	PassphraseDiffers = Advice{Text{"The two passphrases differ", "两次口令不一致"}, Text{"Start again and type the same one twice.", "请重新启动，并输入相同的口令两次。"}}
	Panicked          = Advice{Text{"vpos met an impossible state and stopped", "vpos 遇到异常状态，已停止"}, Text{"Start it again: what was under way will be reversed. Send log/vpos.log to the help line.", "请重新启动，未完成的交易将被冲正。并请将 log/vpos.log 发给客服。"}}
)

// What the commands about configurations and the host simulator say.
var (
	ConfigExists     = Advice{Text{"The file is there already", "文件已存在"}, Text{"Name another, or remove it first.", "请换一个文件名，或先删除它。"}}
	ConfigUnwritable = Advice{Text{"The file cannot be written", "文件无法写入"}, Text{"Choose a folder you may write to.", "请选择有写入权限的文件夹。"}}
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
	HostListening  = Sentence{Text{"host: listening on %s", "host: 正在监听 %s"}}
)
