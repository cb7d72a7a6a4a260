package io.calcitewasm.host.wasi.http;

import io.calcitewasm.component.model.ResultValue;
import io.calcitewasm.component.model.VariantValue;
import io.calcitewasm.host.context.HostMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The resource {@code fields}: header or trailer fields in order, names compared without regard to
 * case (RFC 9110, 5.1). What it holds counts as the instance's {@link HostMemory}.
 */
final class HttpFields {
  private static final VariantValue INVALID_SYNTAX = new VariantValue(0, null);
  private static final VariantValue IMMUTABLE = new VariantValue(2, null);

  private static final ResultValue DONE = ResultValue.ok(null);

  /** RFC 9110, 5.6.2: token. */
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** What an entry costs beside its text, bytes. */
  private static final int ENTRY = 64;

  private record Entry(String name, byte[] value) {
    long size() {
      return ENTRY + 2L * name.length() + value.length;
    }
  }

  private final HostMemory memory;
  private final List<Entry> entries = new ArrayList<>();
  private boolean immutable;

  HttpFields(HostMemory memory) {
    this.memory = memory;
    memory.take(ENTRY);
  }

  /** {@code from-list}: {@code result<fields, header-error>}. */
  static ResultValue fromList(HostMemory memory, List<?> list) {
    HttpFields fields = new HttpFields(memory);
    for (Object pair : list) {
      Object[] entry = (Object[]) pair;
      ResultValue appended = fields.append((String) entry[0], (byte[]) entry[1]);
      if (!appended.isOk()) {
        fields.drop();
        return appended;
      }
    }
    return ResultValue.ok(fields);
  }

  static boolean isToken(String text) {
    return TOKEN.matcher(text).matches();
  }

  List<Object> get(String name) {
    return entries.stream().filter(e -> is(e, name)).<Object>map(Entry::value).toList();
  }

  boolean has(String name) {
    return entries.stream().anyMatch(e -> is(e, name));
  }

  /** {@code result<_, header-error>}, like the following. */
  ResultValue set(String name, List<?> values) {
    if (immutable) {
      return ResultValue.err(IMMUTABLE);
    }
    if (!isToken(name) || !values.stream().allMatch(v -> isValue((byte[]) v))) {
      return ResultValue.err(INVALID_SYNTAX);
    }
    remove(name);
    values.forEach(value -> add(new Entry(name, (byte[]) value)));
    return DONE;
  }

  ResultValue delete(String name) {
    if (immutable) {
      return ResultValue.err(IMMUTABLE);
    }
    if (!isToken(name)) {
      return ResultValue.err(INVALID_SYNTAX);
    }
    remove(name);
    return DONE;
  }

  ResultValue append(String name, byte[] value) {
    if (immutable) {
      return ResultValue.err(IMMUTABLE);
    }
    if (!isToken(name) || !isValue(value)) {
      return ResultValue.err(INVALID_SYNTAX);
    }
    add(new Entry(name, value));
    return DONE;
  }

  List<Object> entries() {
    return entries.stream().<Object>map(e -> new Object[] {e.name(), e.value()}).toList();
  }

  /** A mutable copy. */
  HttpFields copy() {
    HttpFields copy = new HttpFields(memory);
    entries.forEach(copy::add);
    return copy;
  }

  /** An immutable copy: what a request shows of its headers. */
  HttpFields view() {
    HttpFields view = copy();
    view.immutable = true;
    return view;
  }

  /** The guest has dropped it. */
  void drop() {
    entries.forEach(e -> memory.give(e.size()));
    entries.clear();
    memory.give(ENTRY);
  }

  private void add(Entry entry) {
    memory.take(entry.size());
    entries.add(entry);
  }

  private void remove(String name) {
    entries.removeIf(
        e -> {
          boolean removed = is(e, name);
          if (removed) {
            memory.give(e.size());
          }
          return removed;
        });
  }

  private static boolean is(Entry entry, String name) {
    return entry.name().equalsIgnoreCase(name);
  }

  /** RFC 9110, 5.5: no control character but the tab. */
  private static boolean isValue(byte[] value) {
    for (byte b : value) {
      if ((b >= 0 && b < ' ' && b != '\t') || b == 0x7f) {
        return false;
      }
    }
    return true;
  }
}
