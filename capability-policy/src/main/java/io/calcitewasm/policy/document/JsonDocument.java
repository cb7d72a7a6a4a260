package io.calcitewasm.policy.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON (RFC 8259) in UTF-8. */
public final class JsonDocument {
  private static final JsonFactory JSON = new JsonFactory();

  private final JsonParser parser;
  private final Bounds.Meter meter;

  private JsonDocument(JsonParser parser, Bounds.Meter meter) {
    this.parser = parser;
    this.meter = meter;
  }

  /**
   * Reads an object.
   *
   * @throws DocumentException for what is too large, no JSON, no object, or has a name twice
   */
  public static Fields read(byte[] json, Bounds bounds) {
    bounds.checkSize(json.length);
    try (JsonParser parser = JSON.createParser(decode(json))) {
      JsonDocument document = new JsonDocument(parser, bounds.meter());
      JsonToken first = parser.nextToken();
      if (first != JsonToken.START_OBJECT) {
        throw new DocumentException("it is not a JSON object", new Place(1, 1));
      }
      Fields root = document.object("");
      if (parser.nextToken() != null) {
        throw new DocumentException("it is not JSON: more follows its end", document.place());
      }
      return root;
    } catch (JsonProcessingException e) {
      throw new DocumentException(
          "it is not JSON: " + Words.quote(e.getOriginalMessage()), place(e.getLocation()));
    } catch (IOException e) {
      throw new DocumentException("it is not JSON in UTF-8", Place.NOWHERE);
    }
  }

  private static String decode(byte[] json) throws CharacterCodingException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT)
        .decode(ByteBuffer.wrap(json))
        .toString();
  }

  private Value value(String path) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new DocumentException("it is not JSON: it ends too early", place());
    }
    Place place = place();
    return switch (token) {
      case START_OBJECT -> object(path);
      case START_ARRAY -> array(path);
      case VALUE_STRING -> scalar(path, place, Value.Kind.TEXT);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> scalar(path, place, Value.Kind.NUMBER);
      case VALUE_TRUE, VALUE_FALSE -> scalar(path, place, Value.Kind.TRUTH);
      case VALUE_NULL -> scalar(path, place, Value.Kind.NOTHING);
      default -> throw new DocumentException("it is not JSON: unexpected " + token, place);
    };
  }

  private Value scalar(String path, Place place, Value.Kind kind) throws IOException {
    meter.value(place);
    return new Value.Scalar(path, place, kind, parser.getText());
  }

  private Fields object(String path) throws IOException {
    Place begin = place();
    meter.enter(begin);
    Map<String, Value> values = new LinkedHashMap<>();
    Map<String, Place> keys = new HashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      Place key = place();
      if (keys.put(name, key) != null) {
        throw new DocumentException("field " + Words.quote(name) + " is there twice", key);
      }
      parser.nextToken();
      values.put(name, value(child(path, name)));
    }
    meter.leave();
    return new Fields(path, begin, values, keys);
  }

  private Value array(String path) throws IOException {
    Place begin = place();
    meter.enter(begin);
    List<Value> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values.add(value(path + "[" + values.size() + "]"));
    }
    meter.leave();
    return new Value.Items(path, begin, values);
  }

  /** A name that is no plain word is quoted, so that it cannot pretend to be a path. */
  static String child(String path, String name) {
    String word = name.matches("[A-Za-z0-9_-]{1,64}") ? name : Words.quote(name);
    return path.isEmpty() ? word : path + "." + word;
  }

  private Place place() {
    return place(parser.currentTokenLocation());
  }

  private static Place place(@Nullable JsonLocation location) {
    return location == null
        ? Place.NOWHERE
        : new Place(location.getLineNr(), location.getColumnNr());
  }
}
