package io.calcitewasm.policy.document;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;

/**
 * Reads YAML from the events of SnakeYAML's parser, which carry places; nothing is constructed. It
 * is a subset: one document, plain keys, no anchors, aliases or tags. Scalars are those of YAML
 * 1.2's core schema, so {@code no} and {@code on} are texts.
 */
public final class YamlDocument {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

  private final Iterator<Event> events;
  private final Bounds.Meter meter;

  private YamlDocument(Iterator<Event> events, Bounds.Meter meter) {
    this.events = events;
    this.meter = meter;
  }

  /**
   * Reads an object.
   *
   * @throws DocumentException for what is too large, no such YAML, no object, or has a key twice
   */
  public static Fields read(byte[] yaml, Bounds bounds) {
    bounds.checkSize(yaml.length);
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(bounds.bytes());
    options.setNestingDepthLimit(bounds.depth());
    options.setAllowDuplicateKeys(false);
    String text = decode(yaml);
    try {
      Iterator<Event> events = new Yaml(options).parse(new StringReader(text)).iterator();
      return new YamlDocument(events, bounds.meter()).document();
    } catch (MarkedYAMLException e) {
      throw new DocumentException(
          "it is not YAML: " + Words.quote(String.valueOf(e.getProblem())),
          place(e.getProblemMark()));
    } catch (YAMLException e) {
      throw new DocumentException(
          "it is not YAML: " + Words.quote(String.valueOf(e.getMessage())), Place.NOWHERE);
    }
  }

  private static String decode(byte[] yaml) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(yaml))
              .toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new DocumentException("it is not UTF-8", Place.NOWHERE);
    }
  }

  private Fields document() {
    List<Value> roots = new ArrayList<>();
    while (events.hasNext()) {
      Event event = events.next();
      if (event instanceof NodeEvent) {
        if (!roots.isEmpty()) {
          throw new DocumentException("it has more than one document", at(event));
        }
        roots.add(value(event, ""));
      }
    }
    if (roots.isEmpty()) {
      throw new DocumentException("it is empty", new Place(1, 1));
    }
    return roots.getFirst().fields();
  }

  private Value value(Event event, String path) {
    Place place = at(event);
    if (event instanceof AliasEvent) {
      throw new DocumentException("aliases (*name) are not allowed", place);
    }
    if (event instanceof NodeEvent node && node.getAnchor() != null) {
      throw new DocumentException("anchors (&name) are not allowed", place);
    }
    return switch (event) {
      case ScalarEvent scalar -> scalar(scalar, path);
      case SequenceStartEvent start -> {
        refuseTag(start.getTag(), place);
        yield sequence(place, path);
      }
      case MappingStartEvent start -> {
        refuseTag(start.getTag(), place);
        yield mapping(place, path);
      }
      default -> throw new DocumentException("it is not YAML: unexpected " + event, place);
    };
  }

  private Value scalar(ScalarEvent scalar, String path) {
    Place place = at(scalar);
    meter.value(place);
    refuseTag(scalar.getTag(), place);
    return new Value.Scalar(path, place, kind(scalar), scalar.getValue());
  }

  private static Value.Kind kind(ScalarEvent scalar) {
    if (scalar.getScalarStyle() != ScalarStyle.PLAIN) {
      return Value.Kind.TEXT;
    }
    return switch (scalar.getValue()) {
      case "", "~", "null" -> Value.Kind.NOTHING;
      case "true", "false" -> Value.Kind.TRUTH;
      case String text when NUMBER.matcher(text).matches() -> Value.Kind.NUMBER;
      default -> Value.Kind.TEXT;
    };
  }

  private Value sequence(Place begin, String path) {
    meter.enter(begin);
    List<Value> values = new ArrayList<>();
    for (Event event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) {
      values.add(value(event, path + "[" + values.size() + "]"));
    }
    meter.leave();
    return new Value.Items(path, begin, values);
  }

  private Value mapping(Place begin, String path) {
    meter.enter(begin);
    Map<String, Value> values = new LinkedHashMap<>();
    Map<String, Place> keys = new HashMap<>();
    for (Event event = events.next(); !(event instanceof MappingEndEvent); event = events.next()) {
      Place place = at(event);
      if (!(event instanceof ScalarEvent scalar)
          || scalar.getAnchor() != null
          || scalar.getTag() != null) {
        throw new DocumentException(
            "a key is a word, not an alias, a tag or something larger", place);
      }
      String key = scalar.getValue();
      if (keys.put(key, place) != null) {
        throw new DocumentException("key " + Words.quote(key) + " is there twice", place);
      }
      values.put(key, value(events.next(), JsonDocument.child(path, key)));
    }
    meter.leave();
    return new Fields(path, begin, values, keys);
  }

  private static void refuseTag(@Nullable String tag, Place place) {
    if (tag != null) {
      throw new DocumentException("tags (!name) are not allowed", place);
    }
  }

  private static Place at(Event event) {
    return place(event.getStartMark());
  }

  private static Place place(@Nullable Mark mark) {
    return Optional.ofNullable(mark)
        .map(m -> new Place(m.getLine() + 1, m.getColumn() + 1))
        .orElse(Place.NOWHERE);
  }
}
