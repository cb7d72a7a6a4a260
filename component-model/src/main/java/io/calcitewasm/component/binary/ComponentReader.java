package io.calcitewasm.component.binary;

import io.calcitewasm.component.Caps;
import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.UnsupportedFeature;
import io.calcitewasm.component.binary.core.Cursor;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a component binary into a tree (Binary.md, "Component Definitions"). The tree says what the
 * file says: whether it makes sense is the checker's question.
 */
public final class ComponentReader {
  private static final int HEADER_LENGTH = 8;

  private final byte[] bytes;
  private final Quota quota;
  private final CoreTypeReader coreTypes;
  private final TypeReader types;
  private final InstanceReader instances;
  private final CanonReader canons;

  private ComponentReader(byte[] bytes, Caps caps) {
    this.bytes = bytes;
    this.quota = new Quota(caps);
    this.coreTypes = new CoreTypeReader(quota);
    this.types = new TypeReader(quota, coreTypes);
    this.instances = new InstanceReader(quota);
    this.canons = new CanonReader(quota);
  }

  /**
   * Reads a whole file.
   *
   * @throws InvalidComponentException if the bytes are not a component in the synchronous part of
   *     the current binary format, or exceed the caps
   */
  public static ParsedComponent read(byte[] bytes, Caps caps) throws InvalidComponentException {
    if (bytes.length > caps.fileBytes()) {
      throw new InvalidComponentException(
          "the file is "
              + bytes.length
              + " bytes long; at most "
              + caps.fileBytes()
              + " are accepted",
          0,
          "header");
    }
    return new ComponentReader(bytes, caps).component(new Cursor(bytes, 0, bytes.length, "file"));
  }

  private ParsedComponent component(Cursor in) throws InvalidComponentException {
    int start = in.position();
    Header.check(bytes, start, in.end());
    in.skip(HEADER_LENGTH, "a header");
    List<Definition> definitions = new ArrayList<>();
    while (in.remaining() > 0) {
      int at = in.position();
      int id = in.u8("a section");
      Cursor section = in.slice(in.u32("the size of the " + sectionName(id)), sectionName(id));
      section(id, at, section, definitions);
    }
    return new ParsedComponent(start, in.end(), definitions);
  }

  private void section(int id, int at, Cursor in, List<Definition> to)
      throws InvalidComponentException {
    switch (id) {
      case 0 -> {
        int offset = in.position();
        String name = in.name("section's name");
        to.add(new Definition.Custom(offset, name, in.position(), in.end()));
        in.skip(in.remaining(), "its content");
      }
      case 1 -> {
        quota.coreModule(in);
        to.add(new Definition.CoreModule(in.position(), in.end()));
        in.skip(in.remaining(), "its content");
      }
      case 2 -> each(in, "core instances", to, instances::coreInstance);
      case 3 -> each(in, "core types", to, coreTypes::definition);
      case 4 -> {
        quota.enter(in, "components");
        to.add(new Definition.NestedComponent(component(in)));
        quota.leave();
      }
      case 5 -> each(in, "instances", to, instances::instance);
      case 6 -> each(in, "aliases", to, AliasReader::alias);
      case 7 -> each(in, "types", to, types::definition);
      case 8 -> each(in, "canonical functions", to, canons::canon);
      case 9 -> throw in.unsupported(UnsupportedFeature.VALUES, "a start section", at);
      case 10 -> each(in, "imports", to, ExternReader::importDefinition);
      case 11 -> each(in, "exports", to, ExternReader::exportDefinition);
      case 12 -> throw in.unsupported(UnsupportedFeature.VALUES, "a value section", at);
      default ->
          throw new InvalidComponentException(
              "there is no section of kind " + id + " in a component", at, "file");
    }
    in.finish();
  }

  /** Reads one definition. */
  private interface Production {
    Definition read(Cursor in) throws InvalidComponentException;
  }

  private void each(Cursor in, String what, List<Definition> to, Production production)
      throws InvalidComponentException {
    int count = quota.items(in, what);
    for (int i = 0; i < count; i++) {
      to.add(production.read(in));
    }
  }

  private static String sectionName(int id) {
    return switch (id) {
      case 0 -> "custom section";
      case 1 -> "core module section";
      case 2 -> "core instance section";
      case 3 -> "core type section";
      case 4 -> "component section";
      case 5 -> "instance section";
      case 6 -> "alias section";
      case 7 -> "type section";
      case 8 -> "canonical function section";
      case 9 -> "start section";
      case 10 -> "import section";
      case 11 -> "export section";
      case 12 -> "value section";
      default -> "section of unknown kind " + id;
    };
  }
}
