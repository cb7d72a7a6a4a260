package io.calcitewasm.component.binary;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.binary.core.Cursor;
import java.util.ArrayList;
import java.util.List;

/** Reads core and component instances (Binary.md, "Instance Definitions"). */
final class InstanceReader {
  private final Quota quota;

  InstanceReader(Quota quota) {
    this.quota = quota;
  }

  CoreInstance coreInstance(Cursor in) throws InvalidComponentException {
    int offset = in.position();
    int form = in.u8("a core instance");
    return switch (form) {
      case 0x00 ->
          new CoreInstance.Instantiate(offset, in.index("core module index"), coreArguments(in));
      case 0x01 -> new CoreInstance.FromExports(offset, coreItems(in));
      default ->
          throw in.invalid(String.format("0x%02x does not start a core instance", form), offset);
    };
  }

  private List<CoreInstance.With> coreArguments(Cursor in) throws InvalidComponentException {
    int count = quota.items(in, "arguments");
    List<CoreInstance.With> arguments = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int offset = in.position();
      String name = in.name("argument's name");
      int at = in.position();
      Sort sort = SortReader.coreSort(in);
      if (sort != Sort.CORE_INSTANCE) {
        throw in.invalid(
            "the argument \""
                + name
                + "\" is a "
                + sort.words()
                + "; core modules are instantiated with core instances only",
            at);
      }
      arguments.add(new CoreInstance.With(offset, name, in.index("core instance index")));
    }
    return arguments;
  }

  private List<CoreInstance.Item> coreItems(Cursor in) throws InvalidComponentException {
    int count = quota.items(in, "exports");
    List<CoreInstance.Item> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int offset = in.position();
      String name = in.name("export's name");
      Sort sort = SortReader.coreSort(in);
      items.add(new CoreInstance.Item(offset, name, sort, in.index(sort.words() + " index")));
    }
    return items;
  }

  ComponentInstance instance(Cursor in) throws InvalidComponentException {
    int offset = in.position();
    int form = in.u8("an instance");
    return switch (form) {
      case 0x00 ->
          new ComponentInstance.Instantiate(offset, in.index("component index"), arguments(in));
      case 0x01 -> new ComponentInstance.FromExports(offset, items(in));
      default -> throw in.invalid(String.format("0x%02x does not start an instance", form), offset);
    };
  }

  private List<ComponentInstance.With> arguments(Cursor in) throws InvalidComponentException {
    int count = quota.items(in, "arguments");
    List<ComponentInstance.With> arguments = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int offset = in.position();
      String name = in.name("argument's name");
      Sort sort = SortReader.sort(in);
      int index = in.index(sort.words() + " index");
      arguments.add(new ComponentInstance.With(offset, name, sort, index));
    }
    return arguments;
  }

  private List<ComponentInstance.Item> items(Cursor in) throws InvalidComponentException {
    int count = quota.items(in, "exports");
    List<ComponentInstance.Item> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int offset = in.position();
      ExternName name = ExternReader.name(in);
      Sort sort = SortReader.sort(in);
      int index = in.index(sort.words() + " index");
      items.add(new ComponentInstance.Item(offset, name, sort, index));
    }
    return items;
  }
}
