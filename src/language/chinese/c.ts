// Hypercalls in C: what the compiler refuses, and how a handler ends.

export const c = {
  '{file}: a hypercall in C needs clang and lld: apt-get install clang lld':
    '{file}：C 语言的超级调用需要 clang 和 lld：apt-get install clang lld',
  '{file}: cannot be compiled in {directory}: {code}. Make room there, or set TMPDIR':
    '{file}：无法在 {directory} 中编译：{code}。请腾出空间，或设置 TMPDIR',
  '{file}:1: the compiler refuses it, but does not say why': '{file}:1：编译器拒绝了它，但没有说明原因',
  '{source}: do_{name} takes {count} arguments; Xen passes {most} at most':
    '{source}：do_{name} 有 {count} 个参数，而 Xen 最多传递 {most} 个',
  '{file}:1: cannot be run: {error}': '{file}:1：无法运行：{error}',
  '{file}: cannot be read: {code}': '{file}：无法读取：{code}',
  '{file}:1: no hypercall found: define a function `long do_NAME(…)`':
    '{file}:1：没有超级调用：应有函数 `long do_NAME(…)`',
  '{where}: {name} is static, so Xen\'s table cannot name it: remove "static"':
    '{where}：{name} 是 static 函数，Xen 的调用表无法引用它：请去掉 static',
  '{where}: do_{name} has no number: add `#define __HYPERVISOR_{name} 39`':
    '{where}：do_{name} 没有编号：请加上 `#define __HYPERVISOR_{name} 39`',
  '{file}: is not a regular file': '{file}：不是普通文件',
  '{file}: has {size} MB: a hypercall file has at most {most} MB': '{file}：有 {size} MB，而超级调用文件最多 {most} MB',
  '{place}: {name} uses floating point: Xen is built with -msoft-float -mno-sse, so that its build fails. Use integers':
    '{place}：{name} 使用了浮点数：Xen 以 -msoft-float -mno-sse 编译，因此编译会失败。请使用整数',
  '{character} in place of {ascii}, as input methods, word processors and web pages write it':
    '这里应为 {ascii}，却是 {character}（全角或排版用的字符，请切换到英文输入法）',
  'a guest handle is needed, not {type} *: declare it as XEN_GUEST_HANDLE_PARAM({type})':
    '这里需要客户机句柄，而不是 {type} *：请声明为 XEN_GUEST_HANDLE_PARAM({type})',
  'a guest handle is of a type with a name of one word: typedef struct foo foo_t; DEFINE_XEN_GUEST_HANDLE(foo_t);':
    '客户机句柄的类型名只能是一个词：typedef struct foo foo_t; DEFINE_XEN_GUEST_HANDLE(foo_t);',
  '{file}: is in UTF-16: save it as UTF-8': '{file}：编码是 UTF-16：请另存为 UTF-8',
  '{file}: is not text: byte {at} is 0': '{file}：不是文本文件：第 {at} 个字节是 0',
  ' (and {count} more)': '（另有 {count} 处）',
  'nothing called': '名字',
  'no type': '类型',
  'no field of {struct},': '{struct} 的字段',
  'no function': '函数',
  'no function or variable': '函数或变量',
  "; the nearest name is '{near}'": '；最接近的名字是“{near}”',
  "Fauxen's Xen has {what} '{name}'{hint}. {list} lists what exists":
    'Fauxen 的 Xen 中没有这个{what}：“{name}”{hint}。{list} 列出了现有的名字',
  "Fauxen's Xen has no '{type}'. {list} lists what exists": 'Fauxen 的 Xen 中没有“{type}”。{list} 列出了现有的名字',
  '{text}: this field of the model is read-only; the fields that a handler may change are not const in {list}':
    '{text}：模型中的数据只能读取；处理函数可以修改的，在 {list} 中不是 const',
  '{text}: Fauxen compiles to WebAssembly, which has no x86 instructions. Put assembly into #ifndef FAUXEN':
    '{text}：Fauxen 把文件编译成 WebAssembly，这里没有 x86 处理器。请把汇编放进 #ifndef FAUXEN',
  "{text} [{warning}]. This is a warning, and Xen's build makes each warning an error (-Werror)":
    '{text} [{warning}]。这是警告，而 Xen 编译时把警告一律当作错误（-Werror）',
  "no header '{header}' in Xen or beside the file{hint}": 'Xen 中和该文件旁边都没有头文件“{header}”{hint}',
  "; the nearest is '{near}'": '；最接近的是“{near}”',
  'that its caller passed': '（由调用者传入）',
  'no hypercall is running': '当前没有正在执行的超级调用',
  "the hypervisor's side of a copy is 0x{address}, which is not its memory":
    '复制时虚拟机监控器一侧的地址是 0x{address}，那不是它的内存',
  "{shown}, dereferenced as if it were the hypervisor's,": '{shown}（当作虚拟机监控器自己的指针解引用）',
  written: '写入',
  "a guest's pointer {shown} was {how} through without a copy: Xen before 4.5, without SMAP, allows that, later releases fault; use {copy}":
    '没有复制就经由客户域的指针 {shown} {how}数据：4.5 以前没有 SMAP 的 Xen 会照做，如今的 Xen 会出错；请使用 {copy}',
  '%s of {shown}, where the caller has nothing mapped': '用 %s 打印 {shown}，而调用者在那里没有映射',
  '{shown}, printed with %s,': '{shown}（用 %s 打印）',
  "a guest's pointer {shown} was printed with %s without a copy: Xen before 4.5, without SMAP, prints it, later releases fault; use copy_from_guest":
    '没有复制就用 %s 打印了客户域的指针 {shown}：没有 SMAP 的 Xen 会照样打印，如今的 Xen 会出错；请使用 copy_from_guest',
  'dereferenced NULL, or a field of a struct at NULL (0x{address}): a real Xen crashes; check what xmalloc and look-ups return':
    '解引用了 NULL，或地址为 NULL 的结构体的字段（0x{address}）：真正的 Xen 会崩溃；请检查 xmalloc 和查找函数的返回值',
  "dereferenced a pointer that is not the hypervisor's (0x{address}): a guest's address must go through copy_from_guest or copy_to_guest":
    '解引用了不属于虚拟机监控器的指针（0x{address}）：客户域的地址必须经由 copy_from_guest 或 copy_to_guest 访问',
  '{innermost} in {own}': '{own} 中的 {innermost}',
  "{where} has overflowed the stack: Xen's is small (8 KiB in newer releases), so use xmalloc for large arrays, and avoid endless recursion":
    '{where} 耗尽了栈：Xen 的栈很小（较新版本为 8 KiB），大数组请用 xmalloc，并避免无限递归',
  '{where} called a function through a pointer that is NULL or points to a function of another type':
    '{where} 通过函数指针调用，而该指针是 NULL，或指向的不是该类型的函数',
  'the handler used a domain or virtual CPU that no longer exists': '操作了已不存在的域或虚拟 CPU',
  'the handler dereferenced 0x{address}, where the caller has nothing mapped':
    '处理函数解引用了 0x{address}，而调用者在那里没有映射',
  "{symbol} takes '{type}': an operation takes its struct, a guest handle of it, and a struct domain *":
    '{symbol} 的参数类型为“{type}”：子操作只接收自己的结构体、它的客户域句柄，以及 struct domain *',
  '{symbol} takes {count} structs: an operation has one': '{symbol} 接收 {count} 个结构体：子操作只能有一个',
} as const;
