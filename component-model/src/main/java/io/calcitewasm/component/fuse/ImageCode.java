package io.calcitewasm.component.fuse;

import static io.calcitewasm.component.binary.core.CoreValType.I32;
import static io.calcitewasm.component.fuse.LoopCode.BR;
import static io.calcitewasm.component.fuse.LoopCode.END;
import static io.calcitewasm.component.fuse.LoopCode.I32_ADD;
import static io.calcitewasm.component.fuse.LoopCode.I32_EQ;
import static io.calcitewasm.component.fuse.LoopCode.I32_LOAD;
import static io.calcitewasm.component.fuse.LoopCode.I32_LT_U;
import static io.calcitewasm.component.fuse.LoopCode.I32_STORE;
import static io.calcitewasm.component.fuse.LoopCode.IF;
import static io.calcitewasm.component.fuse.LoopCode.LOOP;
import static io.calcitewasm.component.fuse.LoopCode.VOID;

import io.calcitewasm.component.abi.MemoryForm;
import io.calcitewasm.component.binary.core.CodeWriter;
import java.util.List;

/**
 * Writes how a value that was copied from one memory to another is made whole: contents that it
 * points to are copied too, and its pointers set to the copies. What is looked at are pointers and
 * discriminants alone; who lifts the value finds everything else that is wrong with it.
 */
final class ImageCode {
  /** Copies contents. */
  interface Copier {
    /**
     * Writes how bytes get to where there is room for them.
     *
     * @param pointer the local of where they are
     * @param count the local of how many elements
     * @param range what an element takes
     * @param copy the local that is to hold where the copy is
     */
    void copy(int pointer, int count, MemoryForm.Range range, int copy);
  }

  private final LoopCode loop;
  private final CodeWriter code;
  private final int contents;
  private final Copier copier;

  /**
   * Code that makes values whole.
   *
   * @param contents the memory that contents are copied to
   */
  ImageCode(LoopCode loop, int contents, Copier copier) {
    this.loop = loop;
    this.code = loop.code;
    this.contents = contents;
    this.copier = copier;
  }

  /**
   * Makes a value whole.
   *
   * @param base the local of its address
   * @param memory the memory that it is in
   */
  void complete(List<MemoryForm> forms, int base, int memory) {
    for (MemoryForm form : forms) {
      switch (form) {
        case MemoryForm.Scalar _ -> {}
        case MemoryForm.Range range -> complete(range, base, memory);
        case MemoryForm.Choice choice -> complete(choice, base, memory);
      }
    }
  }

  private void complete(MemoryForm.Choice choice, int base, int memory) {
    for (int i = 0; i < choice.cases().size(); i++) {
      List<MemoryForm> payload = choice.cases().get(i);
      if (payload.stream().anyMatch(MemoryForm::hasPointer)) {
        discriminant(choice, base, memory);
        code.i32(i).op(I32_EQ).op(IF, VOID);
        complete(payload, base, memory);
        code.op(END);
      }
    }
  }

  /** Pushes which case a value is. */
  void discriminant(MemoryForm.Choice choice, int base, int memory) {
    code.get(base).memory(LoopCode.load(choice.size()), 0, memory, choice.offset());
  }

  private void complete(MemoryForm.Range range, int base, int memory) {
    int pointer = loop.local(I32);
    int count = loop.local(I32);
    int copy = loop.local(I32);
    code.get(base).memory(I32_LOAD, 0, memory, range.offset()).set(pointer);
    code.get(base).memory(I32_LOAD, 0, memory, range.offset() + 4L).set(count);
    copier.copy(pointer, count, range, copy);
    code.get(base).get(copy).memory(I32_STORE, 0, memory, range.offset());
    if (!range.element().isEmpty()) {
      int end = loop.local(I32);
      code.get(copy);
      loop.bytes(count, range);
      code.op(I32_ADD).set(end);
      code.op(LOOP, VOID);
      code.get(copy).get(end).op(I32_LT_U).op(IF, VOID);
      complete(range.element(), copy, contents);
      code.get(copy).i32(range.unit()).op(I32_ADD).set(copy);
      code.op(BR, 1).op(END).op(END);
    }
  }
}
