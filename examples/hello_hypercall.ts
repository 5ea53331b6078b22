// The tutorials' first hypercall: it takes a string and prints it. Try it:
//
//   fauxen run --hypercalls examples/hello_hypercall.ts --dmesg -- ./hello

import { defineHypercall, string } from 'fauxen';

export default defineHypercall({
  name: 'hello_hypercall',
  number: 39, // argo_op in Xen 4.17, which a release build leaves out
  args: { message: string({ nullable: true, limit: 1024 }) },

  handler({ message }, xen) {
    xen.printk(`hello_hypercall: called by domain ${xen.domid}`);
    if (message === null) xen.printk('hello_hypercall: no message');
    else for (const line of message.trimEnd().split('\n')) xen.printk(`hello_hypercall: ${line}`);
    return 0;
  },
});
