import { FakeGuest } from '../xen/fake-guest.ts';

/** A caller's memory in which the kernel can copy the same bytes as the hypervisor. */
export class FakeCaller extends FakeGuest {
  copyFromUser = this.read.bind(this);
  copyToUser = this.write.bind(this);
}
