// What `fauxen explain` says about the user's own handlers.

export const handlers = {
  '{name} threw at {place}: {error}': '{name} 在 {place} 抛出异常：{error}',
  ' at {place}': '（{place}）',
  'the handler': '处理函数',
  "a guest's pointer is not valid in the hypervisor: with SMAP, dereferencing it crashes Xen; without SMAP, it reads whatever is mapped there.":
    '客户域的指针在虚拟机监控器中没有意义：有 SMAP 时，解引用会出错并使 Xen 崩溃；没有 SMAP 时，打印的是那里碰巧映射的内容。',
  'the handler{place} used the pointer {text} as if it were the data behind it':
    '处理函数{place}把指针 {text} 当成了它所指向的数据',
  'copy first: xen.readString(pointer, limit) or xen.copyFromGuest(pointer, length); or declare the argument as string(); in C: copy_from_guest':
    '先复制：xen.readString(pointer, limit) 或 xen.copyFromGuest(pointer, length)；或者把参数声明为 string()；在 C 中用 copy_from_guest',
  'a bug in a handler of Xen would crash the machine; here only the call fails, with EFAULT.':
    'Xen 的处理函数出错会使整台机器崩溃；在这里只有这次调用以 EFAULT 失败。',
  'the handler threw{place}: {text}': '处理函数抛出异常{place}：{text}',
  'u64 and i64 arguments are bigint: convert one side, as in x + BigInt(y) or Number(x) + y':
    'u64 和 i64 参数是 bigint：请转换其中一侧，例如 x + BigInt(y) 或 Number(x) + y',
  "correct {place} and save: it is loaded at once. To fail on purpose: xen.fail('EINVAL', 'why')":
    "改正 {place} 并保存，会立即重新加载。如果要主动返回错误：xen.fail('EINVAL', '原因')",
  'each kind of guest has its own hypercall table; an empty slot, or one beyond the end, is answered with ENOSYS.':
    '每种客户域都有自己的调用表；表中的空位或超出表尾的编号都返回 ENOSYS。',
  'add an entry to the table of such guests': '在这种客户域的调用表中添加一项',
  'a hypercall returns one signed 64-bit number.': '超级调用的返回值是一个有符号的 64 位整数。',
  'the handler of {name} ({source}) returned {text}': '{name} 的处理函数（{source}）返回了 {text}',
  "return a whole number, -errno or a name such as 'EINVAL'; a handler may not be async":
    "返回整数、-errno，或 'EINVAL' 这样的名字；处理函数不能是 async",
  'the handler of {name}{place}': '{name} 的处理函数{place}',
  'a result below 0 is -errno for the caller; any other is what ioctl returns.':
    '返回值小于 0 时，调用者得到相应的 errno；否则它就是 ioctl 的返回值。',
  '{handler} returned -1, and 1 is the number of EPERM ("Operation not permitted")':
    '{handler}返回了 -1，而 1 是 EPERM（“Operation not permitted”）的编号',
  "return the errno that you mean: 'EINVAL' in TypeScript, -EINVAL in C":
    "返回真正要表达的 errno：在 TypeScript 中写 'EINVAL'，在 C 中写 -EINVAL",
  '{handler} returned {result}, which is {errno} without its minus, so the call succeeded':
    '{handler}返回了 {result}，即 {errno} 漏写了负号，因此调用被视为成功',
  'return -{errno}': '返回 -{errno}',
  '{handler} computes a value at its end and does not return it, so the caller gets 0':
    '{handler}在末尾算出了一个值却没有返回，因此调用者得到 0',
  'put return before it': '在它前面加上 return',
  "printk prints text and numbers; Xen's printk cannot print objects.":
    'printk 打印文本和数字；Xen 的 printk 没有对象可打印。',
  'the handler of {name}{place} printed {text}': '{name} 的处理函数{place}打印了 {text}',
  'check where the value comes from: a field or argument may have a different name':
    '检查这个值的来源：字段或参数的名字可能写错了',
  'print the fields that you want, or JSON.stringify(value)': '打印需要的字段，或用 JSON.stringify(value)',
  'Xen copies a string only up to a limit (strncpy_from_guest); a longer string is E2BIG.':
    'Xen 复制字符串有长度上限（strncpy_from_guest）；更长的字符串返回 E2BIG。',
  'end the string with a 0 byte; if it is meant to be that long, raise the limit: string({ limit: 65536 })':
    '字符串要以 0 字节结尾；如果确实这么长，就提高上限：string({ limit: 65536 })',
  'a negative result of a handler is -errno for the caller.': '处理函数的返回值小于 0 时，调用者得到相应的 errno。',
  'the handler of {name}{place} answered {result}{reason}': '{name} 的处理函数{place}返回了 {result}{reason}',
  'see the handler for what it accepts, or call it as its client does':
    '查看处理函数接受哪些参数，或仿照它的客户程序发起调用',
} as const;
