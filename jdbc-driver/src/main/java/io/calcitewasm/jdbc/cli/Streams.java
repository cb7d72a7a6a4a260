package io.calcitewasm.jdbc.cli;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Where a command reads and writes; always UTF-8, so that output does not depend on the locale.
 *
 * @param in standard input
 * @param out the output proper; buffered, so flush it
 * @param err reports, questions and errors
 */
public record Streams(InputStream in, OutputStream out, PrintStream err) {
  /** The process's own. */
  static Streams standard() {
    return new Streams(
        System.in,
        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
  }

  /** A writer on {@link #out}; its errors are exceptions, unlike a {@code PrintStream}'s. */
  public Writer writer() {
    return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
  }
}
