// What a hypercall file imports from 'fauxen'.

export { XENLOG_DEBUG, XENLOG_ERR, XENLOG_GUEST, XENLOG_INFO, XENLOG_WARNING } from '../xen/console/console.ts';
export { type ErrnoName, errno } from '../xen/errno.ts';
export {
  type Argument,
  bytes,
  type FieldType,
  i32,
  i64,
  int32,
  int64,
  pointer,
  string,
  u8,
  u16,
  u32,
  u64,
} from './arguments.ts';
export { defineHypercall, type HandlerResult, type HypercallDefinition, type UserHypercall } from './define.ts';
export { defineOperation, type OperationDefinition } from './define-operation.ts';
export { GuestPointer } from './guest-pointer.ts';
export {
  address,
  array,
  chars,
  StructPointer,
  type StructType,
  type StructValue,
  struct,
  structPointer,
} from './struct.ts';
export { HypercallError, type Xen } from './xen.ts';
