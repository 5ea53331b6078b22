// What `fauxen explain` and the summary at the end of a run say, apart from handlers and faults.

export const explain = {
  '1 hypercall': '1 次超级调用',
  '{count} hypercalls': '{count} 次超级调用',
  '{count} failed: {calls}': '{count}失败：{calls}',
  '{count} may have gone wrong: {calls}': '{count}可能有问题：{calls}',
  'fauxen: {failures}. To see why: fauxen run --explain.': 'fauxen：{failures}。原因请用 fauxen run --explain 查看。',
  '({count} earlier ones: fauxen run --explain)': '（更早的 {count} 条请用 fauxen run --explain 查看）',
  'not reached: Linux looks the descriptor up first.': '没有到达 Xen：Linux 先检查文件描述符。',
  'descriptor {descriptor} is not open: an open() before it failed, or it was closed':
    '文件描述符 {descriptor} 没有打开：之前的 open() 失败了，或者它已经关闭',
  'check what open("/proc/xen/privcmd", O_RDWR) returned: if (fd < 0) perror("open")':
    '请检查 open("/proc/xen/privcmd", O_RDWR) 的返回值：if (fd < 0) perror("open")',
  'descriptor {descriptor} is {name}, not /proc/xen/privcmd':
    '文件描述符 {descriptor} 是 {name}，而不是 /proc/xen/privcmd',
  'pass the descriptor that open("/proc/xen/privcmd", O_RDWR) returned':
    '请传入 open("/proc/xen/privcmd", O_RDWR) 返回的文件描述符',
  ' and {count} more': '，另有 {count} 种',
  ' ({count} times)': '（共 {count} 次）',
  '  why     {why}.': '  原因    {why}。',
  '  Xen     {xen}': '  Xen     {xen}',
  '  change  {change}.': '  修改    {change}。',

  // cpu.ts
  'the access rights of guest pages are kept in EPT': '客户域对每一页的访问权限保存在 EPT 中',
  "vmtrace_size asks for buffers of Intel's Processor Trace": 'vmtrace_size 申请的是 Intel Processor Trace 的缓冲区',
  "single-stepping uses VMX's monitor trap flag": '单步执行依靠 VMX 的 monitor trap flag',
  "altp2m switches between EPTs, if Xen's command line has altp2m=1":
    'altp2m 在多个 EPT 之间切换（Xen 命令行需要 altp2m=1）',
  'it supports this only on Intel CPUs.': 'Xen 只在 Intel CPU 上支持它。',
  "{reason}, and the simulated CPUs are AMD's": '{reason}，而模拟的 CPU 是 AMD 的',
  'use Intel CPUs, in a scenario: machine: { cpu: intel }': '在场景文件中改用 Intel 的 CPU：machine: { cpu: intel }',

  // hidden.ts
  'a release build (NDEBUG), such as the distributions ship, contains no dprintk, gdprintk or ASSERT; a debug build prints them.':
    '发行版提供的是 release 构建（NDEBUG），其中没有 dprintk、gdprintk 和 ASSERT；debug 构建才会打印。',
  '{releaseBuild} prints nothing: "{text}"': '{releaseBuild} 什么也不打印：“{text}”',
  'print it with printk or gprintk, or build your Xen with debug=y': '改用 printk 或 gprintk，或以 debug=y 编译 Xen',
  nothing: '任何信息都不',
  'up to {level}': '不低于 {level} 级别的信息',
  'a release build shows errors and warnings; printk with XENLOG_INFO or XENLOG_DEBUG needs {option}=all.':
    'release 构建只显示错误和警告；XENLOG_INFO 和 XENLOG_DEBUG 级别的 printk 需要 {option}=all。',
  '"{text}" was printed at level {level}, and {option} lets {shown} through':
    '“{text}”以 {level} 级别打印，而 {option} 允许显示的是：{shown}',
  "start with --xen-cmdline '{option}=all', or print it without a level (a warning)":
    "启动时加上 --xen-cmdline '{option}=all'，或者打印时不指定级别（即警告）",

  // interface-version.ts
  "{name} is not stable between releases: Xen compares the struct's interface_version first, and answers EACCES.":
    '{name} 的接口在各版本之间不稳定：Xen 首先比较结构体中的 interface_version，不符就返回 EACCES。',
  'no known release': '未知版本',
  'Xen {releases}': 'Xen {releases}',
  'the program uses {spoken} ({release}), Xen {version} expects {own}':
    '程序给出的是 {spoken}（{release}），Xen {version} 要求 {own}',
  'set op.interface_version = {constant} from the headers of Xen {version}':
    '按 Xen {version} 的头文件设置 op.interface_version = {constant}',
  'start fauxen with --xen {release} or --any-interface-version, or compile with the headers of Xen {version}':
    '启动 fauxen 时加上 --xen {release} 或 --any-interface-version，或用 Xen {version} 的头文件重新编译',

  // ioctl.ts
  'include <xen/sys/privcmd.h> and use IOCTL_PRIVCMD_HYPERCALL (0x305000): a struct of 48 bytes, no direction':
    '包含 <xen/sys/privcmd.h> 并使用 IOCTL_PRIVCMD_HYPERCALL（0x305000）：结构体为 48 字节，不带方向位',
  "not reached: Linux's privcmd answers ENOTTY to an ioctl that it does not know.":
    '没有到达 Xen：Linux 的 privcmd 对不认识的 ioctl 返回 ENOTTY。',
  "ioctl {command} is not one of privcmd's (those have type 'P' and numbers 0 to {last})":
    "ioctl {command} 不是 privcmd 的命令（privcmd 的类型是 'P'，编号 0 到 {last}）",
  "ioctl {command} has a direction (_IOR, _IOW or _IOWR), privcmd's have none (_IOC_NONE)":
    'ioctl {command} 带有方向位（_IOR、_IOW 或 _IOWR），而 privcmd 的命令没有方向位（_IOC_NONE）',
  "ioctl {command} has a struct of {size} bytes, unlike privcmd's ioctl {number}, or it is not modelled":
    'ioctl {command} 的结构体为 {size} 字节，privcmd 的 {number} 号 ioctl 不是这个大小，或者 Fauxen 尚未实现',
  'that of six 32-bit words, as old Xen had it on 32 bits: in July 2006 the words became __u64':
    '即六个 32 位字，是旧版 32 位 Xen 的布局：2006 年 7 月起改为 __u64',
  'that of a pointer: sizeof(pointer) where sizeof(struct) was meant':
    '即指针的大小：应当写 sizeof(struct)，却写成了 sizeof(pointer)',
  'wrong: one number and five arguments of 64 bits each are 48': '大小不对：一个编号加五个参数，各 64 位，共 48 字节',
  'ioctl {command} says that privcmd_hypercall_t has {size} bytes, {reason} (right: {right})':
    'ioctl {command} 表示 privcmd_hypercall_t 有 {size} 字节，{reason}（正确大小：{right}）',
  "not reached: Linux's privcmd has no compat ioctl, so a 32-bit program gets ENOTTY on a 64-bit kernel.":
    '没有到达 Xen：Linux 的 privcmd 没有 compat ioctl，32 位程序在 64 位内核上得到 ENOTTY。',
  "the program is compiled for 32 bits, but dom0's kernel for 64": '程序按 32 位编译，而 dom0 的内核是 64 位',
  'compile without -m32, or start fauxen with --dom0-bits 32': '编译时去掉 -m32，或启动 fauxen 时加上 --dom0-bits 32',
  "not reached: Linux's privcmd copies the struct first, and fails with EFAULT.":
    '没有到达 Xen：Linux 的 privcmd 先复制结构体，此时就以 EFAULT 失败。',
  'the third argument of ioctl, {argument}, does not point to a readable privcmd_hypercall_t: {found}':
    'ioctl 的第三个参数 {argument} 不是可读的 privcmd_hypercall_t：{found}',
  'pass the address of the struct: ioctl(fd, IOCTL_PRIVCMD_HYPERCALL, &call)':
    '传入结构体的地址：ioctl(fd, IOCTL_PRIVCMD_HYPERCALL, &call)',

  // model.ts, number.ts, permission.ts
  'another build of Xen may perform it.': '以其他选项构建的 Xen 可能会执行它。',
  'Fauxen answers {errno} to {name}: {why}': 'Fauxen 对 {name} 返回 {errno}：{why}',
  "define it in a file for --hypercalls, which replaces Xen's, or see docs/hypercalls.md for what is supported":
    '可以自己在 --hypercalls 的文件中实现（会替换 Xen 的同号超级调用），或在 docs/hypercalls.md 中查看已有的功能',
  'the call': '该调用',
  "this is the answer of Fauxen's model of Xen {version}.": '这是 Fauxen 的 Xen {version} 模型的回答。',
  'Recorded: a real Xen {releases} answered {errno} to {name}.':
    '有记录：真正的 Xen {releases} 对 {name} 返回过 {errno}。',
  'Not recorded: no recording of a real Xen has {errno} for {name} (docs/fidelity.md).':
    '无记录：没有观察到真正的 Xen 对 {name} 返回 {errno}（docs/fidelity.md）。',
  '{name} answered {result} to these arguments': '{name} 对这些参数返回 {result}',
  'compare the arguments with the comments in xen/include/public, and with fauxen trace -v':
    '对照 xen/include/public 中的注释和 fauxen trace -v 的输出检查参数',
  'an unassigned command is answered with ENOSYS.': '超级调用没有的命令号一律返回 ENOSYS。',
  '{name} has no such command; it has {names}{more}': '{name} 没有这个命令号；它有 {names}{more}',
  'check the command against the public header of this release': '对照该版本的公共头文件检查命令号',
  'Linux reads 48 bytes: the number and five arguments of 64 bits each. Xen answers ENOSYS to an unassigned number.':
    'Linux 读取 48 字节：编号和五个参数，各 64 位。编号在调用表中没有对应项时，Xen 返回 ENOSYS。',
  'the low half of the number is {number} ({name}), and the high half {high} looks like the first argument: the struct has 32-bit words (as before July 2006), or the number was not cleared':
    '编号的低半部分是 {number}（{name}），高半部分 {high} 像是第一个参数：结构体的成员是 32 位（2006 年 7 月以前的 privcmd_hypercall_t），或者编号没有先清零',
  'declare the struct with __u64 (or include <xen/sys/privcmd.h>), set all of it to 0 first, and compile for 64 bits':
    '结构体成员声明为 __u64（或包含 <xen/sys/privcmd.h>），先全部清零，并按 64 位编译',
  'no hypercall file is loaded': '没有加载任何超级调用文件',
  'loaded: {files} with {names}': '已加载：{files}，其中有 {names}',
  'an unassigned hypercall number is answered with ENOSYS.': '超出调用表的编号，或表中的空位，都返回 ENOSYS。',
  'hypercall {number} is not in the table of Xen {version}. Nearest: {names}; {loaded}':
    'Xen {version} 的调用表中没有 {number} 号超级调用。最接近的有：{names}；{loaded}',
  'pass the file that defines it: --hypercalls FILE.ts, or create one: fauxen new hypercall NAME --number {number}':
    '给出定义它的文件：--hypercalls FILE.ts，或新建一个：fauxen new hypercall NAME --number {number}',
  'use the number that the file defines, or its name from the header that fauxen headers DIR writes':
    '使用文件中定义的编号，或用 fauxen headers DIR 生成头文件，按名字使用编号',
  'only the control domain may use {name}; other domains get EPERM, unless XSM allows it.':
    '{name} 只供控制域使用；其他域发起时返回 EPERM，除非 XSM 允许。',
  'the program runs in domain {domid}, which is not privileged': '程序运行在域 {domid} 中，它没有特权',
  'run it in dom0: omit --domain': '在 dom0 中运行：去掉 --domain',
  "not reached: Linux's privcmd refuses hypercalls on a file that IOCTL_PRIVCMD_RESTRICT bound to a domain.":
    '没有到达 Xen：文件被 IOCTL_PRIVCMD_RESTRICT 限定到某个域之后，Linux 的 privcmd 拒绝通过它发起超级调用。',
  'this open file is restricted to domain {restricted}: only DM_OP and mappings for that domain are allowed':
    '这个已打开的文件限定于域 {restricted}：只能对该域执行 DM_OP 和内存映射',
  'open /dev/xen/privcmd again for hypercalls, before the restriction or without it (qemu: -xen-domid-restrict)':
    '重新打开 /dev/xen/privcmd 来发起超级调用，并且在限定之前发起，或不作限定（qemu 的 -xen-domid-restrict）',
  "not reached: Linux's privcmd in a domU refuses every hypercall unless the module has unrestricted=1.":
    '没有到达 Xen：除非模块参数 unrestricted=1，否则 domU 中 Linux 的 privcmd 拒绝一切超级调用。',
  "the program runs in domain {domid}, and its kernel's privcmd is not unrestricted":
    '程序运行在域 {domid} 中，其内核的 privcmd 没有放行（unrestricted）',
  'run it in dom0: omit --domain; or add --privcmd-unrestricted':
    '在 dom0 中运行：去掉 --domain；或加上 --privcmd-unrestricted',
} as const;
