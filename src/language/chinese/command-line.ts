// Wrong usage, and what the commands say.

export const commandLine = {
  'Fauxen runs on x86-64 only, and this Node is built for {arch}. On other machines, run it in an x86-64 emulator':
    'Fauxen 只能在 x86-64 上运行，而当前的 Node 是为 {arch} 构建的。在其他机器上，请在 x86-64 模拟器中运行',
  "unknown command '{asked}'{suggestion}": '未知的命令“{asked}”{suggestion}',
  'no command given': '没有指定命令',
  'no file given: fauxen check FILE...': '没有指定文件：fauxen check FILE...',
  'cannot read {word}: it does not exist': '无法读取 {word}：文件不存在',
  'note: {text}': '提示：{text}',
  'error: {text}': '错误：{text}',
  'In the hypercall table of Xen {version}:': 'Xen {version} 的调用表中将有：',
  '{mistakes} in {files}.': '{files}：{mistakes}。',
  '1 file': '1 个文件',
  '{count} files': '{count} 个文件',
  'No mistakes': '没有错误',
  '1 mistake': '1 处错误',
  '{count} mistakes': '{count} 处错误',
  'cannot read the console ring of {directory}: {code}': '无法读取 {directory} 的控制台环形缓冲区：{code}',
  'cannot open {file}: {code}. Start it: fauxen mount {directory}; or name it: --at DIR.':
    '无法打开 {file}：{code}。请先启动：fauxen mount {directory}；或用 --at DIR 指定。',
  '{place}: {number} is {own} of Xen {version}: programs that call {own} get {name}':
    '{place}：{number} 是 Xen {version} 的 {own}：发起 {own} 的程序会进入 {name}',
  '{place}: the table of a real Xen ends at {last}: {number} works here only':
    '{place}：真正的 Xen 的调用表到 {last} 为止：{number} 只能在这里使用',
  '{place}: {number} is {own} of Xen {version}: programs that call it get {name}':
    '{place}：{number} 是 Xen {version} 的 {own}：发起它的程序会进入 {name}',
  'not type-checked: no TypeScript here. npm install --save-dev typescript':
    '没有检查类型：这里没有 TypeScript。npm install --save-dev typescript',
  'type-checked by TypeScript {version}': '已由 TypeScript {version} 检查类型',
  "Try 'fauxen {name} --help'.": '请参阅 fauxen {name} --help。',
  'internal error: {error}': '内部错误：{error}',
  "Unknown option '{option}'": '未知的选项“{option}”',
  "Option '{option}' argument missing": '选项“{option}”缺少参数',
  "Option '{option}' does not take an argument": '选项“{option}”不带参数',
  "--{name} takes {choices}, not '{value}'": '--{name} 可取 {choices}，不能是“{value}”',
  ", did you mean '--{near}'?": '，是不是想写 --{near}？',
  " (did you mean '{near}'?)": '（是不是想写“{near}”？）',
  'it takes one of {shells}': '参数应为以下之一：{shells}',
  "unexpected argument '{argument}'": '多余的参数“{argument}”',
  "--last takes a number, not '{text}'": '--last 的值应为数字，不能是“{text}”',
  'cannot read {directory}/.fauxen/explain: {error}': '无法读取 {directory}/.fauxen/explain：{error}',
  'No hypercall has failed.': '没有失败的超级调用。',
  'no directory given for the headers': '没有指定存放头文件的目录',
  'no hypercall file given: --hypercalls FILE': '没有指定超级调用文件：--hypercalls FILE',
  'cannot write headers into {directory}: {code}': '无法把头文件写入 {directory}：{code}',
  "--{option} belongs to the 'fauxen mount' that {joining} joins":
    '--{option} 应当用于 {joining} 所加入的那个 fauxen mount',
  '--{option} with {joining} needs --domain': '--{option} 与 {joining} 同用时需要 --domain',
  "--handler-timeout takes seconds from 0 to {most}, not '{seconds}'":
    '--handler-timeout 的值应为 0 到 {most} 秒，不能是“{seconds}”',
  "--spin takes auto, off, or microseconds, not '{value}'": '--spin 的值应为 auto、off 或微秒数，不能是“{value}”',
  '--hypercalls: cannot read {path}: it does not exist': '--hypercalls：无法读取 {path}：文件不存在',
  "--xen takes a release such as 4.17, not '{version}'": '--xen 的值应为 4.17 这样的版本号，不能是“{version}”',
  "--domain takes 0 to {most}, not '{value}'": '--domain 的值应为 0 到 {most}，不能是“{value}”',
  'at most one directory may be given, not {count}': '最多只能指定一个目录，现在有 {count} 个',
  '--join needs --domain: which domain to show': '--join 需要用 --domain 指明显示哪个域',
  '--join needs a directory of its own': '--join 需要一个单独的目录',
  "--{option} belongs to the 'fauxen mount' that --join joins": '--{option} 应当用于 --join 所加入的那个 fauxen mount',
  'expected: hypercall NAME': '应为：hypercall NAME',
  "NAME is a C identifier such as hello_world, not '{name}'": 'NAME 应为 hello_world 这样的 C 标识符，不能是“{name}”',
  'warning: {warning}': '警告：{warning}',
  '{number} is {own} of Xen {version}. While {name} is loaded, programs that call {own} get your handler; in a real Xen your handler would replace {own} in the table too':
    '{number} 是 Xen {version} 的 {own}。加载 {name} 期间，发起 {own} 的程序会进入你的处理函数；在真正的 Xen 上也只能占用调用表中的同一位置，并因此失去它',
  '{other} also has the number {number}: they cannot be loaded together':
    '{other} 也使用编号 {number}：两者不能同时加载',
  'the table of a real Xen ends at {last}: {number} works here only':
    '真正的 Xen 的调用表到 {last} 为止：{number} 只能在这里使用',
  'cannot write into {directory}: it does not exist': '无法写入 {directory}：目录不存在',
  "--number takes a whole number from 0, not '{given}'": '--number 的值应为不小于 0 的整数，不能是“{given}”',
  '{path} exists: choose another name, or remove it': '{path} 已存在：请换一个名字，或将其删除',
  'cannot write {path}: {error}': '无法写入 {path}：{error}',
  'no program given': '没有指定程序',
  '--persona {persona} cannot be combined with --{option}': '--persona {persona} 不能与 --{option} 同用',
  '--persona needs a mount of its own': '--persona 需要自己的挂载',
  '--persona covers /sys: run it as root': '--persona 会覆盖 /sys：请以 root 身份运行',
  '--tools needs --toolstack': '--tools 需要与 --toolstack 同用',
  '--toolstack starts a hypervisor of its own and cannot join that of --at; a program within it can: --at /proc/xen':
    '--toolstack 会启动自己的虚拟机监控器，不能加入 --at 的那一个；其中的程序则可以：--at /proc/xen',
  'with --at, ask the running mount: fauxen explain --at {directory}':
    '使用 --at 时，请查询正在运行的挂载：fauxen explain --at {directory}',
  '--transport {transport}: the hypervisor that --at joins has the FUSE transport only':
    '--transport {transport}：--at 所加入的虚拟机监控器只支持通过 FUSE 传输',
  'with --at, trace it from another terminal: fauxen trace --at {directory}':
    '使用 --at 时，请在另一个终端中跟踪：fauxen trace --at {directory}',
  '--{option} needs --trace': '--{option} 需要与 --trace 同用',
  "--pid takes a process id, not '{text}'": '--pid 的值应为进程号，不能是“{text}”',
  "--errno takes names such as EFAULT, or any, not '{text}'":
    '--errno 的值应为 EFAULT 这样的名字或 any，不能是“{text}”',
  'no Xen {version}': '没有 Xen {version}',
  'Only root and the user who mounted it may': '只有 root 和挂载它的用户可以访问',
  'Start it: fauxen mount {directory}; or name it: --at DIR': '请先启动：fauxen mount {directory}；或用 --at DIR 指定',
  'cannot open {directory}/.fauxen/{name}: {code}. {advice}.':
    '无法打开 {directory}/.fauxen/{name}：{code}。{advice}。',
  "cannot run '{program}': there is no such file. If it is a shell command: fauxen run -- sh -c '{command}'":
    "无法运行“{program}”：没有这个文件。如果它是 shell 命令：fauxen run -- sh -c '{command}'",
  'cannot run xm: xl replaced it in Xen 4.5, with the same subcommands: fauxen run --toolstack -- xl …':
    '无法运行 xm：从 Xen 4.5 起它已由 xl 取代，子命令相同：fauxen run --toolstack -- xl …',
  '{option} comes after the program, so {program} gets it. For Fauxen, put it before: fauxen run {option} … -- {program}':
    '{option} 写在程序之后，因此会传给 {program}。如果是给 Fauxen 的选项，请写在前面：fauxen run {option} … -- {program}',
  '{name} needs a whole dom0: fauxen run --toolstack -- {command}':
    '{name} 需要完整的 dom0：fauxen run --toolstack -- {command}',
  'cannot run {program}: it is C source. Compile it: gcc -o {target} {program}, then: fauxen run -- {runnable}':
    '无法运行 {program}：它是 C 源文件。请先编译：gcc -o {target} {program}，然后：fauxen run -- {runnable}',
  'cannot run {program}: it is not a program. If it defines hypercalls: fauxen run --hypercalls {program} -- PROGRAM':
    '无法运行 {program}：它不是程序。如果其中定义了超级调用：fauxen run --hypercalls {program} -- PROGRAM',
} as const;
