// Patches against Xen and source trees of Xen.

export const patch = {
  "a case of {name}, an existing function of Xen's: its commands cannot be taken out of a patch":
    '{name} 是 Xen 已有的函数，无法从补丁中取出它的 case 分支',
  '{macro} has no number: no file of the patch defines it, nor does this release of Xen':
    '{macro} 没有编号：补丁的文件和这个版本的 Xen 都没有定义它',
  "{macro} is {number}, as {taken} is: Xen's build stops at the duplicate case":
    '{macro} 与 {taken} 都是 {number}：Xen 编译时会因重复的 case 而停止',
  '{path} is created, but it is there already': '补丁要新建 {path}，但它已经存在',
  '{path} is changed, but an earlier part of the patch removes it': '补丁要修改 {path}，但前面的部分已将其删除',
  '{path}: the source tree has no such file, but the patch changes it': '{path}：源码树中没有这个文件，而补丁要修改它',
  '{symbol} is in the table, but no file of the hypervisor defines it: Xen\'s link fails with "undefined reference to {symbol}"':
    '{symbol} 在调用表中，但虚拟机监控器的文件都没有定义它：Xen 链接时会报“undefined reference to {symbol}”',
  '{symbol} is in the table, but the patch shows only a part of it: give the source tree with --hypercalls DIR':
    '{symbol} 在调用表中，但补丁只显示了它的一部分：请用 --hypercalls DIR 给出源码树',
  "is declared and in the table, but not defined: Xen's link fails": '已声明并在调用表中，但没有定义：Xen 链接会失败',
  'is static, so the table cannot name it: Xen\'s link fails. Remove "static"':
    '是 static 函数，调用表无法引用它：Xen 链接会失败。请去掉 static',
  'takes {count} arguments; Xen passes 6 at most': '有 {count} 个参数，而 Xen 最多传递 6 个',
  '{file}:{line}: this hunk does not apply: {path} has no such lines{difference}':
    '{file}:{line}：这个补丁块无法应用：{path} 中没有这样的行{difference}',
  'the file ends before': '而文件在此之前就结束了',
  'the file has "{text}" there': '而文件在那里是“{text}”',
  '; line {line} of the patch expects "{text}", {there}': '；补丁第 {line} 行应对应“{text}”，{there}',
  'its Makefile does not say which Xen it is: it is compared with Xen {compared}':
    '它的 Makefile 没有说明 Xen 的版本：按 Xen {compared} 比较',
  'it is Xen {version}, but compared with Xen {compared}: give --xen {version}':
    '它是 Xen {version}，却按 Xen {compared} 比较：请加上 --xen {version}',
  'nothing beyond Xen {compared}: no number, no entry in a table, no command of its own':
    '与 Xen {compared} 相比没有新增内容：没有新的编号、调用表项或命令',
  'no Makefile of the patch names {path}: add "obj-y += {object}" to {folder}/Makefile, else Xen\'s link fails':
    '补丁中没有 Makefile 提到 {path}：请在 {folder}/Makefile 中加上“obj-y += {object}”，否则 Xen 链接会失败',
  '{file}:{line}: {symbol} has neither a number nor a place in a table: add "#define __HYPERVISOR_{name} 43" to xen/include/public/xen.h, and the entry to the table':
    '{file}:{line}：{symbol} 既没有编号，也不在调用表中：请在 xen/include/public/xen.h 中加上“#define __HYPERVISOR_{name} 43”，并在调用表中加上一项',
  '{file}:1: the patch adds no hypercall: neither a number (__HYPERVISOR_name in xen/include/public/xen.h) nor an entry in a table':
    '{file}:1：补丁没有增加超级调用：既没有编号（xen/include/public/xen.h 中的 __HYPERVISOR_name），也没有调用表项',
  '{file}:1: the patch adds nothing to Xen {version}, which has {commands} already: check it for an earlier release (--xen)':
    '{file}:1：补丁没有给 Xen {version} 增加任何内容，它已经有 {commands}：请按更早的版本检查（--xen）',
  "left out: {symbol}, which needs types that Xen's build generates (compat/*.h): 32-bit guests get ENOSYS, others are served":
    '略去了 {symbol}：它需要编译 Xen 时才生成的类型（compat/*.h）；32 位客户域得到 ENOSYS，其他客户域可以使用',
  "{symbol} needs types that Xen's build generates": '{symbol} 需要编译 Xen 时才生成的类型',
  'call it from a 64-bit guest, or on a real Xen': '请从 64 位客户域调用，或在真正的 Xen 上调用',
  'CONFIG_{name} is on here; a build of Xen leaves it off: add "default y", or switch it on with make menuconfig':
    '这里打开了 CONFIG_{name}，而编译 Xen 时它默认是关闭的：请加上“default y”，或用 make menuconfig 打开它',
  '{file}:{line}: Xen {version} has no {name}, to which this command would belong: choose another release (--xen)':
    '{file}:{line}：Xen {version} 没有这条命令所属的 {name}：请换一个版本（--xen）',
  "{file}:{line}: the patch adds no hypercall and no command: case {label} is in {function}, where Fauxen knows no commands, or chooses within one of Xen's":
    '{file}:{line}：补丁没有增加超级调用，也没有增加命令：case {label} 位于 {function} 中，Fauxen 在那里不识别命令，或者它只是 Xen 某个命令内部的取值',
  '{file}:{line}: this hunk does not apply: {other} has changed these lines of {path}':
    '{file}:{line}：这个 hunk 无法应用：{other} 已经改动了 {path} 的这几行',
  '{name} in {path}': '{path} 中的 {name}',
  'a line': '一行',
  '{count} lines (to line {last})': '{count} 行（到第 {last} 行）',
  "left out: {lines} added to {text}, code of Xen's own that only a real Xen runs":
    '略去了加到 {text} 的{lines}：那是 Xen 自己的代码，只有真正的 Xen 才会运行',
  '{directory}: no source tree of Xen: it has no xen/include/public/xen.h':
    '{directory}：不是 Xen 源码树：其中没有 xen/include/public/xen.h',

  // tables/
  '"do" in column {column} of the row {name} in {path}': '“do”（{path} 中 {name} 行的 {column} 列）',
  '"{line}" to {label} in {path}': '“{line}”（{path} 的 {label}）',
  'add {line}': '请添加 {line}',
  '64-bit PV guests, dom0 among them': '64 位 PV 客户域（包括 dom0）',
  '32-bit PV guests': '32 位 PV 客户域',
  '64-bit HVM guests': '64 位 HVM 客户域',
  '32-bit HVM guests': '32 位 HVM 客户域',
  'PVH guests': 'PVH 客户域',
  'a 32-bit Xen': '32 位 Xen',
  'this entry moves {symbol} from {from} to {to}{more} in {path}: on a real Xen dom0 would not boot. Put it behind the last entry before the .rept':
    '这一项使 {path} 中的 {symbol} 从 {from} 移到 {to}{more}：真正的 Xen 上 dom0 将无法启动。请把它放在 .rept 之前的最后一项后面',
  '{where}: {name} has no number: no file of the patch defines __HYPERVISOR_{name}, so Xen\'s build stops at {path}. Add "#define __HYPERVISOR_{name} {free}" to xen/include/public/xen.h':
    '{where}：{name} 没有编号：补丁的文件都没有定义 __HYPERVISOR_{name}，Xen 编译到 {path} 时会停止。请在 xen/include/public/xen.h 中加上“#define __HYPERVISOR_{name} {free}”',
  "{where}: number {number} of {symbol} is beyond NR_hypercalls ({limit}): Xen's build stops at the table. Take a number below {limit}, or raise NR_hypercalls in the asm/config.h of x86":
    '{where}：{symbol} 的编号 {number} 超出了 NR_hypercalls（{limit}）：Xen 编译到调用表时会停止。请使用小于 {limit} 的编号，或在 x86 的 asm/config.h 中增大 NR_hypercalls',
  '__HYPERVISOR_{name} is {number}, as __HYPERVISOR_{owner} is':
    '__HYPERVISOR_{name} 与 __HYPERVISOR_{owner} 都是 {number}',
  "{where}: {same}: Xen's build stops at the duplicate case. Take {free}":
    '{where}：{same}：Xen 编译时会因重复的 case 而停止。请使用 {free}',
  '{same}: of two entries with one number the table keeps the later, here taken to be {symbol}. Take {free}':
    '{same}：编号相同的两项中，调用表保留后一项，这里视为 {symbol}。请使用 {free}',
  '{file}:{line}: cannot tell which slot {symbol} gets: the lines around it are in no table of this release, and the patch defines no __HYPERVISOR_{name}':
    '{file}:{line}：无法判断 {symbol} 在表中的位置：它周围的行不在这个版本的任何调用表中，补丁也没有定义 __HYPERVISOR_{name}',
  'the slot of {symbol} is taken from xen.h ({number}): the lines around it are in no table of this release of Xen':
    '{symbol} 的位置取自 xen.h（{number}）：它周围的行不在这个版本的任何调用表中',
  'dom0 gets ENOSYS for {number}: {why}; {change}': 'dom0 发起 {number} 号超级调用会得到 ENOSYS：{why}；{change}',
  "slot {number} of {symbol} lies behind the table's end (NR_hypercalls is {limit}): Xen answers ENOSYS":
    '{symbol} 的位置 {number} 超出了表尾（NR_hypercalls 为 {limit}）：Xen 返回 ENOSYS',
  '{symbol} is hypercall {slot}, its slot in {path}; the patch has no "#define __HYPERVISOR_{name} {slot}" for its callers':
    '{symbol} 在 {path} 中位于 {slot}，即 {slot} 号超级调用；补丁没有为调用者定义“#define __HYPERVISOR_{name} {slot}”',
  '__HYPERVISOR_{name} is {number}, but {symbol} is in slot {slot} of {path} (line {line} of the patch): calls by the name get ENOSYS. Make it {slot}, or move the entry':
    '__HYPERVISOR_{name} 是 {number}，而 {symbol} 在 {path} 中位于 {slot}（补丁第 {line} 行）：按名字发起的调用得到 ENOSYS。请改为 {slot}，或移动该项',
  '{path} gets no prototype "{name}(…)" above its table: Xen\'s build stops with "No prototype for prefix/hypercall combination"':
    '{path} 的表前没有原型“{name}(…)”：Xen 编译时会报“No prototype for prefix/hypercall combination”并停止',
  '{name} has no line in the args table of {file}: a release build of Xen calls it with all arguments, a debug build overwrites each of them (-EFAULT, or a wrong value)':
    '{name} 在 {file} 的参数表中没有对应行：release 构建的 Xen 会传递全部参数，debug 构建会把它们逐一覆盖（得到 -EFAULT 或错误的值）',
  '__HYPERVISOR_{name} is {number}, but the table has it in slot {slot}':
    '__HYPERVISOR_{name} 是 {number}，而它在调用表中位于 {slot}',
  'make both the same: xen/include/public/xen.h (line {line} of {file}) or the table (line {tableLine})':
    '请使两者一致：修改 xen/include/public/xen.h（{file} 第 {line} 行）或调用表（第 {tableLine} 行）',
  '{name} ({number}) answers ENOSYS: {why}; {change}': '{name}（{number}）返回 ENOSYS：{why}；{change}',
  '{path} (for {guests})': '{path}（供{guests}使用）',
  'the patch puts {name} into {where}, not into the table of {guests}':
    '补丁把 {name} 放进了 {where}，没有放进{guests}的调用表',
  'the patch puts {name} ({number}) into no table': '补丁没有把 {name}（{number}）放进任何调用表',
  'this release has no table for such guests': '这个版本没有供这种客户域使用的调用表',
  "{file}:{line}: the row {name} has {cells} columns, the table {count} ({columns}): Xen's build stops here":
    '{file}:{line}：{name} 行有 {cells} 列，而表有 {count} 列（{columns}）：Xen 编译到这里会停止',
} as const;
