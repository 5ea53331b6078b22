// What `fauxen explain` says about addresses that cannot be copied from or to.

export const fault = {
  'copy_from_guest and copy_to_guest stop at a page that the caller has not mapped; the call fails with EFAULT.':
    'copy_from_guest 和 copy_to_guest 遇到调用者没有映射的页就会停止，调用以 EFAULT 失败。',
  read: '读取',
  write: '写入',
  '{pointer} is NULL, and the hypercall must {access} there': '{pointer}是 NULL，而超级调用需要在那里{access}数据',
  'pass the address of a buffer': '传入一个缓冲区的地址',
  '{subject} is too small for an address: it looks like a value passed where a pointer is expected':
    '{subject}太小，不可能是地址：应当传指针的地方似乎传了值',
  'pass the address: &value; and check the order of the arguments': '传入地址（&value），并检查各参数的顺序是否正确',
  'its memory': '它的内存',
  '{subject} has lost its upper 32 bits; {whole}, in {region}, would be mapped':
    '{subject}丢失了高 32 位；{whole}（位于{region}）才是有映射的地址',
  'cast through a type of 64 bits: (unsigned long) or (uint64_t)(uintptr_t) pointer, not (int) or (unsigned int)':
    '转换时使用 64 位类型：(unsigned long) 或 (uint64_t)(uintptr_t) pointer，不要用 (int) 或 (unsigned int)',
  '{subject} is not a user-space address (those are below 2^47): it belongs to the kernel or to Xen, or was never set':
    '{subject}不是用户空间的地址（用户空间在 2^47 以下）：它属于内核或 Xen，或者从未赋值',
  'pass memory of the program; set every argument that is not used to 0': '传入程序自己的内存；不用的参数都设为 0',
  'the string at {subject} has no NUL before its memory ends at {address}':
    '{subject}处的字符串直到内存在 {address} 结束时仍没有遇到结尾的 0 字节',
  'end the string with a 0 byte, and pass the address of its first character':
    '字符串要以 0 字节结尾，并传入第一个字符的地址',
  '{subject} has only {size} mapped bytes: at {address}, {found}':
    '{subject}只有 {size} 字节可用：在 {address} 处，{found}',
  'make the buffer as large as the hypercall expects, and the count that is passed no larger than the buffer':
    '缓冲区要达到超级调用要求的大小，传入的长度不得超过缓冲区',
  '{subject} cannot be written: it lies in {region} ({permissions})':
    '{subject}不可写：它位于{region}（{permissions}）',
  'pass an array of your own: char text[] = "..." instead of char *text = "..."':
    '改用自己的数组：把 char *text = "..." 写成 char text[] = "..."',
  '{subject} cannot be read: its mapping has no access ({permissions})':
    '{subject}不可读：它的映射没有访问权限（{permissions}）',
  'pass memory that may be read, or call mprotect first': '传入可读的内存，或先调用 mprotect',
  '{subject} is mapped, but the page at {address} is not present yet, or would be copied at the first write':
    '{subject}已映射，但 {address} 处的页尚未分配，或在首次写入时才会复制',
  'use memory that is locked and was written: xencall_alloc_buffer, or mlock and memset':
    '使用已锁定且写过的内存：xencall_alloc_buffer，或先 mlock 再 memset',
  'cannot {access} at {address} through {subject}: {found}': '无法在 {address} 处{access}（经由{subject}）：{found}',
  'pass the address of memory that is still allocated; if the argument is a struct, look at the pointers in it':
    '传入仍然有效的内存的地址；如果参数是结构体，请检查其中的指针',
  'argument {index}, {name},': '参数 {index}（{name}）',
  'a pointer that is not itself an argument (a member of a struct, or an address that the handler computed),':
    '某个不是参数本身的指针（结构体的成员，或处理函数算出的地址）',
  'it lies in {region} ({span}, {permissions})': '它位于{region}（{span}，{permissions}）',
  'the memory there is unknown: the program has ended': '程序已经结束，无法得知那里的内存情况',
  'nothing is mapped there; {name} ends {distance} before, at {address}':
    '那里没有映射；{name}在它之前{distance}处结束（{address}）',
  'nothing is mapped there; {name} starts {distance} after it, at {address}':
    '那里没有映射；{name}在它之后{distance}处开始（{address}）',
  'nothing is mapped there': '那里没有映射',
  'the stack': '栈',
  'the heap': '堆',
  'anonymous memory': '匿名内存',
  'data of {name}': '{name} 的数据段',
  'code of {name}': '{name} 的代码段',
  'constants of {name}': '{name} 的只读数据段',
  just: '紧邻',
  '{bytes} bytes': ' {bytes} 字节',
} as const;
