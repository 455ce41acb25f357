package words

// What can be wrong with the keys of the acquirer link, each with the next step.
var (
	KeyNone    = Failure{"keys.none", false, Advice{Text{"There is no such key here", "此处没有该密钥"}, Text{"vpos keys show lists what is loaded, vpos keys load loads one.", "用 vpos keys show 查看，用 vpos keys load 灌入。"}}}
	KeyThere   = Failure{"keys.there", false, Advice{Text{"There is a key already", "已有密钥"}, Text{"Erase it first: vpos keys erase", "请先销毁：vpos keys erase"}}}
	KeySealed  = Failure{"keys.sealed", true, Advice{Text{"The key file is damaged, or not this terminal's", "密钥文件已损坏，或不属于本终端"}, Text{"Use the right passphrase and terminal number. If it stays, erase the keys folder and load the key again.", "请核对口令和终端号。如仍不行，请删除 keys 文件夹后重新灌入密钥。"}}}
	KeyFailed  = Failure{"keys.failed", true, Advice{Text{"The keys cannot be used", "密钥无法使用"}, Text{"Check the disk and the folder, then try again.", "请检查磁盘和文件夹后重试。"}}}
	KeyTest    = Failure{"keys.test", false, Advice{Text{"Everybody knows this key: a live terminal refuses it", "这是公开的测试密钥，正式终端不予使用"}, Text{"Load the components your acquirer gave you: vpos keys load", "请灌入收单机构下发的密钥分量：vpos keys load"}}}
	KeyWeak    = Failure{"keys.weak", false, Advice{Text{"The components make a weak key", "合成的密钥强度不足"}, Text{"Its halves are alike. Compare the sheets with your acquirer and start again.", "密钥两半相同。请与收单机构核对后重新开始。"}}}
	KeySame    = Failure{"keys.same", false, Advice{Text{"Two components are the same", "两个分量相同"}, Text{"Each custodian enters a sheet of their own. Start again.", "每位保管人须输入各自的分量，请重新开始。"}}}
	KeyStopped = Failure{"keys.stopped", false, Advice{Text{"Stopped; nothing was loaded", "已中止，未灌入密钥"}, Text{"Start again when both custodians are there: vpos keys load", "两位保管人到齐后请重新开始：vpos keys load"}}}
	KeyKept    = Failure{"keys.kept", false, Advice{Text{"That is not its check value; nothing was erased", "校验值不符，未销毁"}, Text{"vpos keys show gives the check value.", "用 vpos keys show 查看校验值。"}}}
	KeyPurpose = Failure{"keys.purpose", false, Advice{Text{"There is no such kind of key", "没有这种密钥"}, Text{"The kinds: tmk (the default), dukpt-tdes, dukpt-aes", "可用：tmk（默认）、dukpt-tdes、dukpt-aes"}}}
	KeyCustody = Failure{"keys.components", false, Advice{Text{"A key is loaded as two or three components", "密钥须以两个或三个分量灌入"}, Text{"Say --components 2 or --components 3.", "请用 --components 2 或 --components 3。"}}}
	KeyTries   = Failure{"keys.tries", false, Advice{Text{"Too many wrong entries", "输错次数过多"}, Text{"Compare the sheet with your acquirer and start again.", "请与收单机构核对后重新开始。"}}}
)

// What the key ceremony asks and says.
var (
	KeyBegin     = Sentence{Text{"Loading %s from %d components, one custodian each. Nobody sees another's.", "以 %[2]d 个分量灌入 %[1]s，每人一个，互不可见。"}}
	KeySerialAsk = Sentence{Text{"Key serial number, %d hexadecimal digits:", "密钥序列号，%d 位十六进制："}}
	KeyCustodian = Sentence{Text{"Custodian %d of %d. The others look away.", "第 %d 位保管人，共 %d 位。其他人请回避。"}}
	KeyPartAsk   = Text{"Component (not shown):", "密钥分量（不显示）："}
	KeyPartCheck = Sentence{Text{"Check value of the component: %s. Is it the one on your sheet? (y/n)", "分量校验值：%s，与密钥函上的一致吗？(y/n)"}}
	KeyNextOne   = Text{"The screen is cleared for the next custodian. Press Enter.", "请按回车，屏幕将清空，换下一位保管人。"}
	KeyWhole     = Sentence{Text{"Check value of the key: %s. Is it the one your acquirer gave? (y/n)", "密钥校验值：%s，与收单机构给出的一致吗？(y/n)"}}
	KeyStored    = Sentence{Text{"Stored, sealed: %s, check value %s", "已加密保存：%s，校验值 %s"}}
	KeyEraseAsk  = Sentence{Text{"Type the check value of %s to erase it:", "请输入 %s 的校验值以销毁："}}
	KeyErased    = Sentence{Text{"Erased: %s", "已销毁：%s"}}
	KeyAgain     = Text{"Enter it again.", "请重新输入。"}
	KeyYesNo     = Text{"Type y or n.", "请输入 y 或 n。"}
)

// Why an entry of the ceremony is not taken.
var (
	KeyNotHex = Sentence{Text{"That is not %s hexadecimal digits.", "应为 %s 位十六进制数字。"}}
	KeyParity = Text{"A byte of it has even parity: a digit is mistyped.", "奇偶校验错误，有数字输错。"}
)

// The lines of vpos keys show.
var (
	KeyLine      = Sentence{Text{"%-10s  check value %s  %3d bits  %s", "%-10s  校验值 %s  %3d 位  %s"}}
	KeySerial    = Sentence{Text{"            serial number %s", "            序列号 %s"}}
	KeyIsOwn     = Text{"own key", "自有密钥"}
	KeyIsTest    = Text{"TEST KEY, everybody knows it", "测试密钥，公开"}
	KeyIsRefused = Text{"TEST KEY, refused in live", "测试密钥，正式模式不予使用"}
	KeyLiveNone  = Text{"tmk: none is loaded", "tmk：未灌入"}
	KeyTraining  = Sentence{Text{"tmk: none is loaded; training uses the test key, check value %s", "tmk：未灌入，培训使用测试密钥，校验值 %s"}}
)
