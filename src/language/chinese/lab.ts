// `fauxen lab`.

export const lab = {
  passed: '已通过',
  started: '进行中',
  open: '未开始',
  "Begin with 'fauxen lab start {name}'.": '可以这样开始：fauxen lab start {name}',
  "no exercise given: 'fauxen lab' lists them": '没有指定练习：fauxen lab 会列出所有练习',
  "no exercise is called '{name}'{suggestion}. There are {names}": '没有名为“{name}”的练习{suggestion}。现有：{names}',
  "expected start or check, not '{word}'": '应为 start 或 check，而不是“{word}”',
  'Wrote {files} into {directory}. Check your solution: fauxen lab check {directory}':
    '已把 {files} 写入 {directory}。检查你的解答：fauxen lab check {directory}',
  '{directory} is not the folder of an exercise: fauxen lab start NAME makes one':
    '{directory} 不是练习的文件夹：请先用 fauxen lab start NAME 创建',
  '{directory} exists and is not empty: choose another folder, or remove it':
    '{directory} 已存在且不为空：请换一个文件夹，或将其删除',
  '{file} is damaged ({reason}): remove it, and start the exercise in another folder':
    '{file} 已损坏（{reason}）：请将其删除，并在另一个文件夹中重新开始练习',
  'waiting until you save a file; Ctrl-C ends': '等待保存文件；按 Ctrl-C 结束',
  'it does not end': '程序一直没有结束',
  'the hypervisor died: {why}': '虚拟机监控器异常终止：{why}',
  'the programs print': '程序的输出为',
  'the ring has': '控制台环形缓冲区的内容为',
  'the ring must not have {pattern}': '控制台环形缓冲区中不应出现 {pattern}',
  'the hypercalls are': '发起的超级调用为',
  '{what}:\n{text}\nexpected: {patterns}': '{what}：\n{text}\n应当出现：{patterns}',
  'the exit status is {status}, expected {expected}': '退出状态为 {status}，应为 {expected}',
  'no call fails with the cause {cause}': '没有以 {cause} 为原因失败的调用',
  '(nothing)': '（空）',
  '{asked} [{cause}]: {why}. Change: {change}.': '{asked} [{cause}]：{why}。修改：{change}。',
  'the build failed': '编译失败',
  '{name} needs root: sudo fauxen lab check': '{name} 需要 root 权限：sudo fauxen lab check',
  '{name} needs {need}. On Debian: apt-get install {install}':
    '{name} 需要 {need}。在 Debian 上可以安装：apt-get install {install}',
} as const;
