// Texts that are no patch, or a damaged one.

export const diff = {
  'a second file header where a hunk (@@ … @@) should be': '这里应当是补丁块（@@ … @@），却又出现了文件头',
  'a combined diff of a merge: make an ordinary one, git diff BASE..HEAD':
    '这是合并提交的组合差异：请生成普通的差异，git diff BASE..HEAD',
  'a hunk without the lines "--- a/FILE" and "+++ b/FILE" before it': '补丁块之前没有“--- a/FILE”和“+++ b/FILE”两行',
  'a context diff: make it again with diff -u': '这是上下文格式的差异：请用 diff -u 重新生成',
  'no diff in it: a patch has lines "--- a/FILE", "+++ b/FILE" and "@@ -1,3 +1,4 @@"':
    '其中没有差异：补丁应有“--- a/FILE”、“+++ b/FILE”和“@@ -1,3 +1,4 @@”这样的行',
  '{file}:1: the patch removes {name}: it is reversed. Make it with the old tree first: diff -u OLD NEW':
    '{file}:1：补丁去掉了 {name}：方向反了。请把旧的源码树放在前面：diff -u OLD NEW',
  '"{text}" makes {symbol} a function of type {type}, and its definition differs: Xen\'s build stops with "conflicting types for \'{symbol}\'". Make both the same':
    "“{text}”使 {symbol} 成为 {type} 类型的函数，而它的定义不同：Xen 编译时会报“conflicting types for '{symbol}'”。请使两者一致",
  "no header of the patch declares {symbol}, which {path} names: Xen's build stops with \"'{symbol}' undeclared\". Add to xen/include/xen/hypercall.h: extern {head};":
    "{path} 用到了 {symbol}，但补丁的头文件都没有声明它：Xen 编译时会报“'{symbol}' undeclared”。请在 xen/include/xen/hypercall.h 中加上：extern {head};",
  'the args table gives {symbol} {count} of its {wanted} arguments: a debug build of Xen overwrites the others (-EFAULT, or a wrong value)':
    '参数表只给 {symbol} 记了 {count} 个参数，而它有 {wanted} 个：Xen 的调试版会覆盖其余的参数（得到 -EFAULT 或错误的值）',
  'the file is empty': '文件是空的',
  'a diff without context (normal, ed or RCS): make it again with diff -u':
    '这是没有上下文的差异（normal、ed 或 RCS 格式）：请用 diff -u 重新生成',
  'the diff is indented or quoted: "---", "+++" and "@@" must be at the start of their lines':
    '差异被缩进或加了引用符号：“---”、“+++”和“@@”必须位于行首',
  "it contains a terminal's colours: make it again with git diff --no-color":
    '其中含有终端的颜色代码：请用 git diff --no-color 重新生成',
  'a mail in {encoding}: decode it with git mailinfo MESSAGE PATCH <MAIL':
    '这是以 {encoding} 编码的邮件：请用 git mailinfo MESSAGE PATCH <MAIL 解码',
  'copied from the source of a web page: &lt; &gt; &amp; stand for < > &':
    '从网页源代码复制而来：&lt; &gt; &amp; 应为 < > &',
  '{where}, but this line begins with a no-break space, as text of a web page does':
    '{where}，但这一行以不间断空格开头（从网页复制的文本常常如此）',
  'malformed hunk: it begins with @@ -LINE,COUNT +LINE,COUNT @@':
    '补丁块格式错误：应以 @@ -LINE,COUNT +LINE,COUNT @@ 开头',
  'malformed hunk: the @@ in line {line} promises {lines}': '补丁块格式错误：按第 {line} 行的 @@，还应有{lines}',
  '1 more line of the old file and {right} of the new': '旧文件 1 行、新文件 {right} 行',
  '{left} more lines of the old file and {right} of the new': '旧文件 {left} 行、新文件 {right} 行',
  '{where}, but the patch ends here': '{where}，但补丁到此为止',
  "{where}, but this line begins with neither ' ', '+' nor '-' (did a mail program wrap it?)":
    "{where}，但这一行不以 ' '、'+' 或 '-' 开头（是不是被邮件程序折行了？）",
  new: '新',
  old: '旧',
  'malformed hunk: one line more of the {which} file than the {count} that the @@ in line {line} promises':
    '补丁块格式错误：{which}文件的内容比第 {line} 行的 @@ 所说的 {count} 行多了一行',
  'malformed hunk: the @@ in line {line} promises fewer lines than follow':
    '补丁块格式错误：后面的行比第 {line} 行的 @@ 所说的多',
};
