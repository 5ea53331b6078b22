// Why Fauxen, a program or a mount does not start, and how they end.

export const startAndEnd = {
  'no driver in domain {driver} serves this {type}: only dom0 has backends (docs/not-simulated.md)':
    '域 {driver} 中没有驱动为这个 {type} 提供服务：只有 dom0 有后端（docs/not-simulated.md）',
  'domain {domain} has QEMU as its device model, but its BIOS and kernel do not run (docs/not-simulated.md)':
    '域 {domain} 的设备模型是 QEMU，但它的 BIOS 和内核不会运行（docs/not-simulated.md）',
  '{type} of domain {domain}: only its states in xenstore are simulated, no data passes (docs/not-simulated.md)':
    '域 {domain} 的 {type}：只模拟它在 xenstore 中的状态，不传输数据（docs/not-simulated.md）',
  '{directory} is not the directory of a running fauxen mount': '{directory} 不是正在运行的 fauxen mount 的目录',
  "--toolstack needs Xen's own tools": '--toolstack 需要 Xen 自带的工具',
  '--toolstack needs root: without it there is no /dev/xen. Run it with sudo, or without --toolstack':
    '--toolstack 需要 root：否则没有 /dev/xen。请用 sudo 运行，或去掉 --toolstack',
  'Xen {xenVersion} answers tools of Xen {release}: sysctl and domctl accept every interface version, unlike a real Xen':
    '由 Xen {xenVersion} 响应 Xen {release} 的工具：sysctl 和 domctl 接受任何接口版本，这一点与真正的 Xen 不同',
  'the tools are of Xen {release}, which Fauxen does not know: Xen {newest} answers (--xen)':
    '工具属于 Xen {release}，Fauxen 不认识这个版本，因此由 Xen {newest} 响应（--xen）',
  'Run: modprobe fuse': '请运行：modprobe fuse',
  "Run as root, or chmod 666 /dev/fuse (the distributions' default)":
    '请以 root 运行，或执行 chmod 666 /dev/fuse（发行版的默认设置）',
  'Start the container with {options} (docs/containers.md)': '启动容器时加上 {options}（docs/containers.md）',
  'Run as root{advice}': '请以 root 运行{advice}',
  ', or: sysctl kernel.unprivileged_userns_clone=1': '，或执行 sysctl kernel.unprivileged_userns_clone=1',
  ', or: sysctl kernel.apparmor_restrict_unprivileged_userns=0':
    '，或执行 sysctl kernel.apparmor_restrict_unprivileged_userns=0',
  ', or: sysctl user.max_user_namespaces=10000': '，或执行 sysctl user.max_user_namespaces=10000',
  'requested by --transport seccomp-only': '由 --transport seccomp-only 指定',
  'cannot mount: no CAP_SYS_ADMIN': '无法挂载：没有 CAP_SYS_ADMIN',
  'cannot open /dev/fuse: {error}': '无法打开 /dev/fuse：{error}',
  'fauxen: no mount ({reason}): /proc/xen and /dev/xen exist for the program and what it starts, by seccomp alone.':
    'fauxen：没有挂载（{reason}）：只靠 seccomp 让该程序及其启动的程序看到 /proc/xen 和 /dev/xen。',
  'fauxen: missing: setuid programs, other processes, gntdev, gntalloc, --toolstack (docs/containers.md).':
    'fauxen：不支持 setuid 程序、其他进程、gntdev、gntalloc 和 --toolstack（docs/containers.md）。',
  'cannot make a user namespace: {said}': '无法创建用户命名空间：{said}',
  'cannot run unshare(1): errno {error}. Install util-linux, or run as root.':
    '无法运行 unshare(1)：errno {error}。请安装 util-linux，或以 root 运行。',
  'cannot write the trace: {error}': '无法写入跟踪记录：{error}',
  'cannot write the report {file}: {error}': '无法写入报告 {file}：{error}',
  'the hypervisor does not answer, so its ring cannot be shown': '虚拟机监控器没有响应，因此无法显示控制台环形缓冲区',
  'cannot join domain {id} of the mount on {directory}: {code}. {advice}':
    '无法加入 {directory} 上的挂载的域 {id}：{code}。{advice}',
  'It exists, but is not a {type} guest: omit --domain-type.': '它已存在，但不是 {type} 客户域：请去掉 --domain-type。',
  'The machine has no room for a guest of 192 MiB: destroy one, or give it more memory.':
    '机器容纳不下一个 192 MiB 的客户域：请销毁某个客户域，或增加内存。',
  'Run as root, or as the user who mounted.': '请以 root 或挂载它的用户运行。',
  'Was it mounted by another version of Fauxen? Mount it again.': '它是否由另一个版本的 Fauxen 挂载？请重新挂载。',
  "The mount's log may say more.": '挂载的日志中可能有更多信息。',
  'a fauxen is mounted on {directory} already. To end it: umount {directory}':
    '{directory} 上已挂载了一个 fauxen。结束它：umount {directory}',
  'Run as root.': '请以 root 运行。',
  'dmesg may say more.': 'dmesg 中可能有更多信息。',
  'cannot mount on {directory}: {name}. {advice}': '无法挂载到 {directory}：{name}。{advice}',
  'Use it (fauxen run --at {directory}), or end it: umount {directory}':
    '请使用它（fauxen run --at {directory}），或结束它：umount {directory}',
  'a fauxen is mounted on {directory} already. {advice}': '{directory} 上已挂载了一个 fauxen。{advice}',
  'the mount on {directory} does not answer. To clear it: umount -l {directory}':
    '{directory} 上的挂载没有响应。清除它：umount -l {directory}',
  'the hypervisor ran out of memory ({megabytes} MB) and has ended: does a handler keep all that it allocates?':
    '虚拟机监控器耗尽了内存（{megabytes} MB），已经终止：是否有处理函数不断积累数据？',
  'the hypervisor thread ended by itself (exit code {exitCode}): does a handler end the process?':
    '虚拟机监控器线程自行退出（退出码 {exitCode}）：是否有处理函数结束了进程？',
  'the hypervisor thread died: {error}': '虚拟机监控器线程异常终止：{error}',
  '{file}: its top-level code takes too long: it must only define hypercalls':
    '{file}：顶层代码运行时间过长：文件中只应定义超级调用',
  '{what}: its top-level code takes too long: it must only define hypercalls':
    '{what}：顶层代码运行时间过长：文件中只应定义超级调用',
  'the top-level code of a hypercall file': '超级调用文件的顶层代码',
  '{what} takes too long and cannot be cut off: the hypervisor has ended':
    '{what}运行时间过长且无法中断：虚拟机监控器已经终止',
  'the hypervisor was ended before it served anything': '虚拟机监控器尚未提供服务就被结束',
  'no Xen {version}: --xen knows {versions}': '没有 Xen {version}：--xen 支持 {versions}',
  'cannot open the serial line: {error}': '无法打开串口：{error}',
  '{what}: the handler was cut off after {time} ms; the caller gets ETIMEDOUT':
    '{what}：处理函数运行 {time} 毫秒后被中断；调用者得到 ETIMEDOUT',
  'cannot run {name}: {error}{advice}': '无法运行 {name}：{error}{advice}',
  '. Its arguments and environment are larger than Linux allows.': '。参数和环境变量超出了 Linux 的上限。',
  'cannot run {name}: ENOENT. The interpreter in its first line is missing.':
    '无法运行 {name}：ENOENT。第一行指定的解释器不存在。',
  'cannot run {name}: ENOENT. {place}': '无法运行 {name}：ENOENT。{place}',
  'There is no such file.': '没有这个文件。',
  'It is not on the PATH.': 'PATH 中没有它。',
  '--transport seccomp: {hindrance}. --transport fuse needs neither.':
    '--transport seccomp：{hindrance}。--transport fuse 不需要这些。',
  'cannot compare open files: {error} (kcmp, pidfd_getfd)': '无法比较已打开的文件：{error}（kcmp、pidfd_getfd）',
  '{error}. --transport fuse needs no seccomp.': '{error}。--transport fuse 不需要 seccomp。',
  'without a mount: cannot {what}: {advice}': '不挂载时无法完成“{what}”：{advice}',
  'cannot {what}: {advice}': '无法完成“{what}”：{advice}',

  // fuse/mount.ts
  'bad mount option subtype={subtype}.': '挂载选项 subtype={subtype} 不正确。',
  'cannot open /dev/fuse: {code}. {advice}': '无法打开 /dev/fuse：{code}。{advice}',
  'Run modprobe fuse, or give the container --device /dev/fuse.':
    '请运行 modprobe fuse，或启动容器时加上 --device /dev/fuse。',
  "Let the container use it: --device /dev/fuse (its cgroup's device rules refuse it).":
    '请允许容器使用它：--device /dev/fuse（目前被 cgroup 的设备规则拒绝）。',
  "Run as root, or chmod 666 /dev/fuse (the distributions' default).":
    '请以 root 运行，或执行 chmod 666 /dev/fuse（发行版的默认设置）。',
  'cannot mount on {directory}: {code}. {advice}': '无法挂载到 {directory}：{code}。{advice}',
  'cannot mount on {directory}: not a directory.': '无法挂载到 {directory}：它不是目录。',
  'Its daemon has ended: clear it with umount -l {directory}':
    '为它服务的守护进程已经退出：请用 umount -l {directory} 清除',
  'Create it first: mkdir -p {directory}': '请先创建：mkdir -p {directory}',
  'Choose a directory that you can read.': '请选择一个可读的目录。',
  'Install util-linux, which has mount(8).': '请安装 util-linux，其中有 mount(8)。',
  'Check whether another mount hangs.': '请检查是否有其他挂载失去响应。',
  'cannot run mount(8): {code}. {advice}': '无法运行 mount(8)：{code}。{advice}',
  'killed by {signal}': '被 {signal} 终止',
  'exit status {status}': '退出状态 {status}',
  'cannot mount FUSE on {directory}: {said} {advice}': '无法把 FUSE 挂载到 {directory}：{said} {advice}',
  'Run modprobe fuse: this kernel has FUSE as a module, or not at all.':
    '请运行 modprobe fuse：这个内核的 FUSE 是模块，或者根本没有。',
  'Run as root, or inside unshare --user --map-root-user --mount.':
    '请以 root 运行，或在 unshare --user --map-root-user --mount 中运行。',
  'cannot run umount(8): {error}.': '无法运行 umount(8)：{error}。',
  'Close what uses it (fuser -m {directory}), or umount -l {directory}':
    '请关闭正在使用它的程序（fuser -m {directory}），或执行 umount -l {directory}',
  'cannot unmount {directory}: {status} {advice}': '无法卸载 {directory}：{status} {advice}',
} as const;
