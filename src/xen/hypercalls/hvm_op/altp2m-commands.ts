import type { Call } from '../../call/call.ts';
import type { Domain } from '../../domain/domain.ts';
import { errno } from '../../errno.ts';
import { AlternateViews, type View } from '../../memory/alternate-views.ts';
import { ACCESS_RWX, pageAccesses } from '../../memory/page-access.ts';
import { SPECIAL_PAGE } from '../../memory/special-pages.ts';

/** Instead of a frame: all later ones, or the frame's own page. */
const INVALID_GFN = 0xffffffffffffffffn;
/** Most frames that one call goes through; frames beyond these have no pages. */
const MOST_FRAMES = 2n ** 22n;

/** Where the union of the commands' structs begins in struct xen_hvm_altp2m_op. */
const U = 16;

/** A command of a caller that may issue it. `view` and `size`: its struct. */
interface Request {
  readonly call: Call;
  readonly caller: Domain;
  readonly domain: Domain;
  readonly view: DataView;
  readonly address: number;
  readonly size: number;
}
type Active = Request & { readonly views: AlternateViews };

/** Copies the struct back. */
const back = ({ call, address, view, size }: Request): number =>
  call.copyToGuest(address, new Uint8Array(view.buffer, view.byteOffset, size)) ? 0 : -errno.EFAULT;
const u16 = ({ view }: Request, at: number): number => view.getUint16(U + at, true);
const u32 = ({ view }: Request, at: number): number => view.getUint32(U + at, true);
const u64 = ({ view }: Request, at: number): bigint => view.getBigUint64(U + at, true);

/** Whether a frame has RAM, which a view can show. */
const isRam = ({ domain: { memory } }: Request, frame: bigint): boolean =>
  frame < INVALID_GFN &&
  memory.pageOf(Number(frame)) !== undefined &&
  memory.properties.type(Number(frame)) === undefined;

/** A view other than 0; undefined for view 0, -EINVAL if there is none. */
function otherView({ views }: Active, index: number): View | undefined | number {
  return index === 0 ? undefined : (views.get(index) ?? -errno.EINVAL);
}

/** XENMEM_access_*, with the default resolved; undefined if there is no such access. */
function accessOf({ domain }: Request, asked: number): number | undefined {
  if (asked === pageAccesses.default) return domain.memory.properties.access?.initial ?? ACCESS_RWX;
  return asked <= pageAccesses.n2rwx ? asked : undefined;
}

export function getState(request: Request): number {
  request.view.setUint8(U, request.domain.memory.properties.views === undefined ? 0 : 1);
  return back(request);
}

export function setState({ domain, view }: Request): number {
  const { properties } = domain.memory;
  const on = view.getUint8(U) !== 0;
  if (on) properties.views ??= new AlternateViews(() => properties.access);
  else properties.views = undefined;
  return 0;
}

function enableNotify(request: Active): number {
  const { domain, views } = request;
  const [vcpu, frame] = [u32(request, 0), u64(request, 8)];
  if (u32(request, 4) !== 0 || vcpu >= domain.vcpus.length) return -errno.EINVAL;
  if (views.notified.has(vcpu)) return -errno.EEXIST;
  if (!isRam(request, frame) || (domain.memory.pageOf(Number(frame)) ?? 0) >= SPECIAL_PAGE) return -errno.EINVAL;
  views.notified.add(vcpu);
  return 0;
}

function disableNotify(request: Active): number {
  const vcpu = u32(request, 0);
  if (vcpu >= request.domain.vcpus.length) return -errno.EINVAL;
  request.views.notified.delete(vcpu);
  return 0;
}

function create(request: Active): number {
  const access = accessOf(request, u16(request, 2));
  const made = access === undefined ? undefined : request.views.create(access);
  if (made === undefined) return -errno.EINVAL;
  request.view.setUint16(U, made, true);
  return back(request);
}

function destroy(request: Active): number {
  return request.views.destroy(u16(request, 0), request.domain.vcpus.length) ? 0 : -errno.EBUSY;
}

function switchTo(request: Active): number {
  const index = u16(request, 0);
  if (request.views.get(index)?.visible !== true) return -errno.EINVAL;
  for (const { id } of request.domain.vcpus) request.views.use(id, index);
  return 0;
}

/** Sets the access of one frame in a view, or in the guest (view undefined). A view leaves out a frame without RAM. */
function setOne(request: Active, view: View | undefined, frame: bigint, access: number): number {
  const { properties, maximumGfn } = request.domain.memory;
  if (view !== undefined) {
    if (view.own(Number(frame)) !== undefined || isRam(request, frame)) view.set(Number(frame), 1, access);
    return 0;
  }
  if (frame > BigInt(maximumGfn)) return 0;
  return properties.setAccess(Number(frame), 1, access) ? 0 : -errno.ENOMEM;
}

function setAccess(request: Active): number {
  const [asked, frame] = [u16(request, 2), u64(request, 8)];
  if (u32(request, 4) !== 0) return -errno.EINVAL;
  const view = otherView(request, u16(request, 0));
  if (typeof view === 'number') return view;
  const access = accessOf(request, asked);
  if (access === undefined) return -errno.EINVAL;
  if (frame !== INVALID_GFN) return setOne(request, view, frame, access);
  request.domain.memory.properties.restrictAccess().initial = access; // the guest's, whatever the view
  return 0;
}

function setAccesses(request: Active): number {
  const { call, view: bytes } = request;
  const [count, done] = [u32(request, 4), u64(request, 8)];
  if (u16(request, 2) !== 0 || done > BigInt(count)) return -errno.EINVAL;
  const view = otherView(request, u16(request, 0));
  if (typeof view === 'number') return view;
  const [frames, accesses] = [Number(u64(request, 16)), Number(u64(request, 24))];
  const word = new DataView(new ArrayBuffer(8));
  const asked = new Uint8Array(1);
  for (let index = Number(done); index < count; index += 1) {
    const copied =
      call.copyFromGuest(frames + 8 * index, new Uint8Array(word.buffer)) &&
      call.copyFromGuest(accesses + index, asked);
    if (!copied) return -errno.EFAULT;
    const access = accessOf(request, asked[0] ?? 0);
    if (access === undefined) return -errno.EINVAL;
    const result = setOne(request, view, word.getBigUint64(0, true), access);
    if (result < 0) return result;
  }
  bytes.setBigUint64(U + 8, 0n, true);
  return 0;
}

function getAccess(request: Active): number {
  const frame = u64(request, 8);
  if (u32(request, 4) !== 0) return -errno.EINVAL;
  const view = otherView(request, u16(request, 0));
  if (typeof view === 'number') return view;
  const { access } = request.domain.memory.properties;
  let found: number | undefined;
  if (frame === INVALID_GFN) found = (view ?? access)?.initial ?? ACCESS_RWX;
  else if (view !== undefined) found = view.own(Number(frame))?.access;
  else if (isRam(request, frame)) found = access?.get(Number(frame)) ?? ACCESS_RWX;
  if (found === undefined) return -errno.ESRCH;
  request.view.setUint16(U + 2, found, true);
  return back(request);
}

function changeFrame(request: Active): number {
  const view = request.views.get(u16(request, 0));
  if (u16(request, 2) !== 0 || u32(request, 4) !== 0 || view === undefined) return -errno.EINVAL;
  const [from, to] = [u64(request, 8), u64(request, 16)];
  if (to === INVALID_GFN) {
    view.drop(Number(from));
    return 0;
  }
  for (const frame of [from, to])
    if (view.own(Number(frame)) === undefined && !isRam(request, frame)) return -errno.ESRCH;
  const { target, access } = view.entry(Number(to));
  view.put(Number(from), { target, access, suppressVe: request.caller !== request.domain });
  return 0;
}

/** Sets the bit of one frame: 0 or -ESRCH. The guest's own bits are not kept. */
function setSuppress(request: Active, view: View | undefined, frame: bigint, suppressVe: boolean): number {
  if (view === undefined) return 0;
  if (view.own(Number(frame)) === undefined && !isRam(request, frame)) return -errno.ESRCH;
  view.put(Number(frame), { ...view.entry(Number(frame)), suppressVe });
  return 0;
}

/** struct xen_hvm_altp2m_suppress_ve: view:u16 suppress_ve:u8 pad1:u8 pad2:u32 gfn:u64. */
function setSuppressVe(request: Active): number {
  if (request.view.getUint8(U + 3) !== 0 || u32(request, 4) !== 0) return -errno.EINVAL;
  const view = otherView(request, u16(request, 0));
  if (typeof view === 'number') return view;
  return setSuppress(request, view, u64(request, 8), request.view.getUint8(U + 2) !== 0);
}

function getSuppressVe(request: Active): number {
  if (request.view.getUint8(U + 3) !== 0 || u32(request, 4) !== 0) return -errno.EINVAL;
  const view = otherView(request, u16(request, 0));
  if (typeof view === 'number') return view;
  const frame = u64(request, 8);
  const entry = view === undefined ? isRam(request, frame) && { suppressVe: true } : view.own(Number(frame));
  if (entry === undefined || entry === false) return -errno.ESRCH;
  request.view.setUint8(U + 2, entry.suppressVe ? 1 : 0);
  return back(request);
}

/** struct xen_hvm_altp2m_suppress_ve_multi: view:u16 suppress_ve:u8 pad1:u8 first_error:i32 first_gfn:u64 last_gfn:u64 first_error_gfn:u64. */
function setSuppressVes(request: Active): number {
  const bytes = request.view;
  const first = u64(request, 8);
  const last = u64(request, 16);
  if (bytes.getUint8(U + 3) !== 0 || first > last) return -errno.EINVAL;
  const view = otherView(request, u16(request, 0));
  if (typeof view === 'number') return view;
  // No frame beyond the guest's last one has a page: trying the first of them is enough.
  const past = BigInt(request.domain.memory.maximumGfn) + 1n;
  const end = [last, first > past ? first : past, first + MOST_FRAMES].reduce((low, each) => (each < low ? each : low));
  for (let frame = first; view !== undefined && frame <= end; frame += 1n) {
    const result = setSuppress(request, view, frame, bytes.getUint8(U + 2) !== 0);
    if (result === 0 || bytes.getInt32(U + 4, true) !== 0) continue;
    bytes.setInt32(U + 4, result, true);
    bytes.setBigUint64(U + 24, frame, true);
  }
  bytes.setBigUint64(U + 8, last + 1n, true);
  return back(request);
}

function usedView(request: Active): number {
  const vcpu = u32(request, 0);
  if (vcpu >= request.domain.vcpus.length) return -errno.EINVAL;
  request.view.setUint16(U + 4, request.views.used(vcpu), true);
  return back(request);
}

/** struct xen_hvm_altp2m_set_visibility: altp2m_idx:u16 visible:u8 pad:u8. */
function setVisibility(request: Active): number {
  const view = request.views.get(u16(request, 0));
  if (request.view.getUint8(U + 3) !== 0 || view === undefined) return -errno.EINVAL;
  view.visible = request.view.getUint8(U + 2) !== 0;
  return 0;
}

export const [GET_STATE, SET_STATE, ENABLE_NOTIFY] = [1, 2, 3];
/** HVMOP_altp2m_* that need views. */
export const viewCommands: ReadonlyMap<number, (request: Active) => number> = new Map([
  [ENABLE_NOTIFY, enableNotify],
  [4, create],
  [5, destroy],
  [6, switchTo],
  [7, setAccess],
  [8, changeFrame],
  [9, setAccesses],
  [10, setSuppressVe],
  [11, getSuppressVe],
  [12, getAccess],
  [13, disableNotify],
  [14, usedView],
  [15, setSuppressVes],
  [16, setVisibility],
]);
