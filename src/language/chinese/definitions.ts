// Files of hypercalls in TypeScript: what is wrong with a definition, and what a handler did.

export const definitions = {
  '{directory}: a second source tree: only one is allowed': '{directory}：给出了第二个源码树：只能服务一个 Xen',
  '{file}:1: no hypercall found: export default defineHypercall({ name, number, args, handler })':
    '{file}:1：没有超级调用：export default defineHypercall({ name, number, args, handler })',
  '{place}: {key} of {name} is taken by {other} at {otherPlace}':
    '{place}：{name} 的 {key} 已被 {other} 占用（{otherPlace}）',
  'reloaded {file}: {names}': '已重新加载 {file}：{names}',
  'not reloaded, the old version stays active: {why}': '没有重新加载，旧的继续有效：{why}',
  "unknown key '{key}'{suggestion}. The keys are {keys}": '未知的键“{key}”{suggestion}。可用的键：{keys}',
  'name must be a C identifier, got {got}': 'name 应为 C 标识符，实际为 {got}',
  'number of {name} must be a whole number from 0, got {got}': '{name} 的 number 应为不小于 0 的整数，实际为 {got}',
  '{name} has no handler: add handler(args, xen) { … }': '{name} 没有处理函数：请加上 handler(args, xen) { … }',
  '{name} has {count} arguments; privcmd passes at most {most}':
    '{name} 有 {count} 个参数，而 privcmd 最多传递 {most} 个',
  'args of {name} gives each argument a name: args: { length: u32 }':
    '{name} 的 args 要给每个参数起名字：args: { length: u32 }',
  "the length of {argument} of {name} is an argument '{length}'{suggestion}: {has}":
    '{name} 的 {argument} 以参数“{length}”为长度{suggestion}：{has}',
  "{place}: fauxen exports no '{name}'{suggestion}": '{place}：fauxen 没有导出“{name}”{suggestion}',
  'argument {argument} of {name} has no type: use string(), u32, pointer() …':
    '{name} 的参数 {argument} 没有类型：请使用 string()、u32、pointer() 等',
  'it has none': '它没有参数',
  'its arguments are {names}': '它的参数有 {names}',
  "the handler of {name} takes an argument '{argument}'{suggestion}: {has}":
    '{name} 的处理函数使用了参数“{argument}”{suggestion}：{has}',
  "{name} needs 'of', the hypercall that it belongs to: of: 'domctl'":
    "{name} 需要用 of 指明所属的超级调用：of: 'domctl'",
  'number of {name} must be a whole number from 0 to {most}, got {got}':
    '{name} 的 number 应为 0 到 {most} 的整数，实际为 {got}',
  "struct of {name} is not a struct: use struct('{name}', { … })":
    "{name} 的 struct 不是结构体：请使用 struct('{name}', { … })",
  '{name} has no handler: add handler(argument, xen) { … }': '{name} 没有处理函数：请加上 handler(argument, xen) { … }',
  "no hypercall of Xen {version} takes operations as '{of}'{suggestion}. These do: {names}":
    'Xen {version} 没有可带子操作的超级调用“{of}”{suggestion}。可用的有：{names}',
  'struct {struct} of {name} has {size} bytes; the union of {of} has {room} in Xen {version}':
    '{name} 的结构体 {struct} 有 {size} 字节，而 Xen {version} 中 {of} 的联合体只有 {room} 字节',
  'it has no arguments': '它没有参数',
  "{name} has no argument '{argument}'{suggestion}: {has}": '{name} 没有参数“{argument}”{suggestion}：{has}',
  'a promise (a handler must not be async)': 'Promise（处理函数不能是 async）',
  '{name}: handler threw {error}; the caller gets EFAULT': '{name}：处理函数抛出异常 {error}；调用者得到 EFAULT',
  "{name}: handler returned {what}, not a whole number or an errno's name; the caller gets EINVAL":
    '{name}：处理函数返回了 {what}，既不是整数也不是 errno 的名字；调用者得到 EINVAL',
  'a copy of {size} bytes; the limit is {most}': '要复制 {size} 字节，而上限为 {most}',
  'cannot read {size} bytes at 0x{address} in the caller': '无法读取调用者 0x{address} 处的 {size} 字节',
  'cannot write {size} bytes at 0x{address} in the caller': '无法向调用者 0x{address} 处写入 {size} 字节',
  'copyBack: this object did not come from the caller: pass the argument itself':
    'copyBack：这个对象不是来自调用者：请直接传入参数本身',
  'cannot read a string at 0x{address} in the caller': '无法读取调用者 0x{address} 处的字符串',
  'the string has no end within {limit} bytes': '字符串在 {limit} 字节内没有结束',
  'refused by the handler': '处理函数拒绝了调用',
  "xen.fail: there is no errno '{name}'{suggestion}": 'xen.fail：没有名为“{name}”的 errno{suggestion}',
  'struct: name must be a C identifier, got {got}': 'struct：name 应为 C 标识符，实际为 {got}',
  'struct {name}: {field} has no layout: use u32, i64, chars(n), address, array(u8, n) …':
    'struct {name}：{field} 没有布局：请使用 u32、i64、chars(n)、address、array(u8, n) 等',
  'array: its type has no layout: use u8, u32, a struct …': 'array：元素类型没有布局：请使用 u8、u32 或结构体等',
  'two different structs are called {name}: give one of them another name':
    '有两个不同的结构体都叫 {name}：请为其中一个换名',
} as const;
