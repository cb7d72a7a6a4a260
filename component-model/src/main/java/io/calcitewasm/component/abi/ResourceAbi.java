package io.calcitewasm.component.abi;

import io.calcitewasm.component.binary.core.CoreValType;
import io.calcitewasm.component.model.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * {@code own<R>} and {@code borrow<R>} (CanonicalABI.md, {@code lift_own}, {@code lift_borrow},
 * {@code lower_own}, {@code lower_borrow}).
 */
abstract class ResourceAbi extends AbiType {
  private final ResourceType type;
  private final ResourceSite site;

  private ResourceAbi(ResourceType type, ResourceSite site) {
    super(Layout.scalar(4, CoreValType.I32));
    this.type = type;
    this.site = site;
  }

  static ResourceAbi own(ResourceType type, ResourceSite site) {
    return new Own(type, site);
  }

  static ResourceAbi borrow(ResourceType type, ResourceSite site) {
    return new Borrow(type, site);
  }

  @Override
  final void forms(int offset, FormList into) {
    into.add(new MemoryForm.Scalar(offset, size(), false, CoreValType.I32));
  }

  abstract Object lift(LiftLowerContext cx, int handle);

  abstract int lower(LiftLowerContext cx, @Nullable Object value);

  @Override
  final Object load(LiftLowerContext cx, byte[] block, int at) {
    return lift(cx, Block.getInt(block, at));
  }

  @Override
  final Object liftFlat(LiftLowerContext cx, long[] flat, int at) {
    return lift(cx, (int) flat[at]);
  }

  @Override
  final void store(LiftLowerContext cx, @Nullable Object value, byte[] block, int at) {
    Block.putInt(block, at, lower(cx, value));
  }

  @Override
  final void lowerFlat(LiftLowerContext cx, @Nullable Object value, long[] flat, int at) {
    flat[at] = lower(cx, value) & 0xffff_ffffL;
  }

  final Object toJava(LiftLowerContext cx, Handle handle, boolean own) {
    return site == ResourceSite.HOST
        ? handle.representation()
        : cx.guestResources().wrap(type, (Integer) handle.representation(), own);
  }

  final Object toRepresentation(LiftLowerContext cx, @Nullable Object value, boolean consume) {
    if (site != ResourceSite.HOST) {
      return cx.guestResources().unwrap(type, value, consume);
    }
    if (value == null) {
      throw new ValueMisfit("a handle of " + type + " cannot be null");
    }
    return value;
  }

  private static final class Own extends ResourceAbi {
    Own(ResourceType type, ResourceSite site) {
      super(type, site);
    }

    @Override
    Object lift(LiftLowerContext cx, int index) {
      Handle handle = cx.handles().remove(index, type());
      if (!handle.isOwn()) {
        throw new AbiTrap("handle " + index + " of " + type() + " is borrowed, not owned");
      }
      return toJava(cx, handle, true);
    }

    @Override
    int lower(LiftLowerContext cx, @Nullable Object value) {
      return cx.handles().add(Handle.own(type(), toRepresentation(cx, value, true)));
    }
  }

  private static final class Borrow extends ResourceAbi {
    Borrow(ResourceType type, ResourceSite site) {
      super(type, site);
    }

    @Override
    Object lift(LiftLowerContext cx, int index) {
      Handle handle = cx.handles().get(index, type());
      cx.lend(handle);
      return toJava(cx, handle, false);
    }

    @Override
    int lower(LiftLowerContext cx, @Nullable Object value) {
      Object representation = toRepresentation(cx, value, false);
      if (site() == ResourceSite.SAME_INSTANCE) {
        return (Integer) representation;
      }
      return cx.handles().add(Handle.borrow(type(), representation, cx.borrowScope()));
    }
  }

  final ResourceType type() {
    return type;
  }

  final ResourceSite site() {
    return site;
  }
}
