package io.calcitewasm.component.fuse;

import static io.calcitewasm.component.binary.core.CoreValType.I32;
import static io.calcitewasm.component.fuse.LoopCode.COLUMNS;
import static io.calcitewasm.component.fuse.LoopCode.END;
import static io.calcitewasm.component.fuse.LoopCode.I32_EQ;
import static io.calcitewasm.component.fuse.LoopCode.I32_LOAD;
import static io.calcitewasm.component.fuse.LoopCode.I32_LOAD16_U;
import static io.calcitewasm.component.fuse.LoopCode.I32_LOAD8_U;
import static io.calcitewasm.component.fuse.LoopCode.I32_REINTERPRET_F32;
import static io.calcitewasm.component.fuse.LoopCode.I64_EXTEND_I32_U;
import static io.calcitewasm.component.fuse.LoopCode.I64_LOAD;
import static io.calcitewasm.component.fuse.LoopCode.I64_REINTERPRET_F64;
import static io.calcitewasm.component.fuse.LoopCode.IF;
import static io.calcitewasm.component.fuse.LoopCode.VOID;

import io.calcitewasm.component.abi.MemoryForm;
import io.calcitewasm.component.binary.core.CodeWriter;
import io.calcitewasm.component.binary.core.CoreValType;
import java.util.ArrayList;
import java.util.List;

/** Writes how a value in the columns' memory becomes core values ({@code lower_flat}). */
final class FlatCode {
  private static final int I32_LOAD8_S = 0x2c;
  private static final int I32_LOAD16_S = 0x2e;
  private static final int F32_LOAD = 0x2a;
  private static final int F64_LOAD = 0x2b;

  /** A local and its type. */
  record Local(int index, CoreValType type) {}

  private final LoopCode loop;
  private final CodeWriter code;
  private final ImageCode images;

  FlatCode(LoopCode loop, ImageCode images) {
    this.loop = loop;
    this.code = loop.code;
    this.images = images;
  }

  /** New locals for the core values of a value. */
  List<Local> locals(List<MemoryForm> forms) {
    List<Local> locals = new ArrayList<>();
    for (MemoryForm form : forms) {
      for (CoreValType type : flat(form)) {
        locals.add(new Local(loop.local(type), type));
      }
    }
    return locals;
  }

  private static List<CoreValType> flat(MemoryForm form) {
    return switch (form) {
      case MemoryForm.Scalar scalar -> List.of(scalar.flat());
      case MemoryForm.Range _ -> List.of(I32, I32);
      case MemoryForm.Choice choice -> choice.flat();
    };
  }

  /**
   * Loads a value's core values.
   *
   * @param base the local of its address
   * @param locals what {@link #locals} made for these forms
   */
  void load(List<MemoryForm> forms, int base, List<Local> locals) {
    int next = 0;
    for (MemoryForm form : forms) {
      int count = flat(form).size();
      load(form, base, locals.subList(next, next + count));
      next += count;
    }
  }

  private void load(MemoryForm form, int base, List<Local> locals) {
    switch (form) {
      case MemoryForm.Scalar scalar -> {
        code.get(base).memory(instruction(scalar), 0, COLUMNS, scalar.offset());
        code.set(locals.getFirst().index());
      }
      case MemoryForm.Range range -> {
        code.get(base).memory(I32_LOAD, 0, COLUMNS, range.offset()).set(locals.get(0).index());
        code.get(base).memory(I32_LOAD, 0, COLUMNS, range.offset() + 4L);
        code.set(locals.get(1).index());
      }
      case MemoryForm.Choice choice -> load(choice, base, locals);
    }
  }

  /** The core values of the payload, as those that hold what any case has there; then zeros. */
  private void load(MemoryForm.Choice choice, int base, List<Local> locals) {
    locals.forEach(loop::zero);
    images.discriminant(choice, base, COLUMNS);
    code.set(locals.getFirst().index());
    for (int i = 0; i < choice.cases().size(); i++) {
      List<MemoryForm> payload = choice.cases().get(i);
      if (!payload.isEmpty()) {
        code.get(locals.getFirst().index()).i32(i).op(I32_EQ).op(IF, VOID);
        List<Local> own = locals(payload);
        load(payload, base, own);
        for (int j = 0; j < own.size(); j++) {
          Local joined = locals.get(j + 1);
          code.get(own.get(j).index());
          coerce(own.get(j).type(), joined.type());
          code.set(joined.index());
        }
        code.op(END);
      }
    }
  }

  private void coerce(CoreValType from, CoreValType to) {
    if (from == to) {
      return;
    }
    switch (from) {
      case F32 -> code.op(I32_REINTERPRET_F32);
      case F64 -> code.op(I64_REINTERPRET_F64);
      default -> {}
    }
    if (to == CoreValType.I64 && from != CoreValType.F64) {
      code.op(I64_EXTEND_I32_U);
    }
  }

  private static int instruction(MemoryForm.Scalar scalar) {
    return switch (scalar.size()) {
      case 1 -> scalar.signed() ? I32_LOAD8_S : I32_LOAD8_U;
      case 2 -> scalar.signed() ? I32_LOAD16_S : I32_LOAD16_U;
      case 4 -> scalar.flat() == CoreValType.F32 ? F32_LOAD : I32_LOAD;
      default -> scalar.flat() == CoreValType.F64 ? F64_LOAD : I64_LOAD;
    };
  }
}
