package io.calcitewasm.jdbc.cli.script;

import io.calcitewasm.adapter.parser.ScriptSplitter;
import io.calcitewasm.adapter.parser.ScriptStatement;
import io.calcitewasm.jdbc.cli.output.ErrorBlock.Origin;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Statements from one source.
 *
 * @param name what to call the source in errors, or empty if the statements stand for themselves
 */
public record Script(Optional<String> name, List<ScriptStatement> statements) {
  /** A script given as text on the command line. */
  public static Script ofText(String text) {
    return new Script(Optional.empty(), ScriptSplitter.split(text));
  }

  /**
   * A script from bytes in UTF-8.
   *
   * @throws IOException with a sentence for the user, if they are not UTF-8
   */
  public static Script ofBytes(String name, byte[] bytes) throws IOException {
    return new Script(Optional.of(name), ScriptSplitter.split(decode(name, bytes)));
  }

  /**
   * Reads a text in UTF-8.
   *
   * @throws IOException with a sentence for the user
   */
  public static String read(Path file) throws IOException {
    try {
      if (Files.isDirectory(file)) {
        throw new IOException(file + " is a directory, not a file");
      }
      return decode(file.toString(), Files.readAllBytes(file));
    } catch (NoSuchFileException _) {
      throw new IOException("there is no file " + file);
    } catch (AccessDeniedException _) {
      throw new IOException("no permission to read " + file);
    }
  }

  /** Reads the statements of a file. */
  public static Script ofFile(Path file) throws IOException {
    return new Script(
        Optional.of(String.valueOf(file.getFileName())), ScriptSplitter.split(read(file)));
  }

  /** Where a statement of this script stands, or null for a script without name. */
  public @org.jspecify.annotations.Nullable Origin origin(ScriptStatement statement) {
    return name.map(n -> new Origin(n, statement.line())).orElse(null);
  }

  private static String decode(String name, byte[] bytes) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(in).toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException _) {
      throw new IOException(name + " is not UTF-8: byte " + in.position() + " fits no character");
    }
  }
}
