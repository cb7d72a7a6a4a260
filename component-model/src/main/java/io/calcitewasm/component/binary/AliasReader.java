package io.calcitewasm.component.binary;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.binary.core.Cursor;

/** Reads aliases (Binary.md, "Alias Definitions"). */
final class AliasReader {
  private AliasReader() {}

  static Alias alias(Cursor in) throws InvalidComponentException {
    int offset = in.position();
    Sort sort = SortReader.sort(in);
    int at = in.position();
    int target = in.u8("the target of an alias");
    return switch (target) {
      case 0x00 ->
          new Alias.Export(offset, sort, in.index("instance index"), in.name("export's name"));
      case 0x01 ->
          new Alias.CoreExport(
              offset, sort, in.index("core instance index"), in.name("core export's name"));
      case 0x02 ->
          new Alias.Outer(
              offset, sort, in.index("count of scopes"), in.index(sort.words() + " index"));
      default ->
          throw in.invalid(String.format("0x%02x is not the target of an alias", target), at);
    };
  }
}
