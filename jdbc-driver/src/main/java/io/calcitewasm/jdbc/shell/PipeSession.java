package io.calcitewasm.jdbc.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A shell without a terminal: lines from a stream, no prompt, on after errors. */
final class PipeSession {
  private final BufferedReader in;
  private final Shell shell;

  PipeSession(InputStream in, Shell shell) {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.shell = shell;
  }

  /** Runs all lines; a last statement without semicolon is run too. */
  void run() throws IOException {
    @Nullable String line;
    while (!shell.over() && (line = in.readLine()) != null) {
      shell.accept(line);
    }
    if (!shell.over()) {
      shell.finish();
    }
  }
}
