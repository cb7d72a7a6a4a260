package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.udf.GuestText;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.module.BucketFile;
import io.calcitewasm.udf.module.ModuleFile;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The folders that modules may come from: those of the database, and one that a connection may
 * bring. Where there is none at all, modules may come from anywhere that the process can read.
 */
public final class Buckets {
  /** The name of a connection's own folder. */
  public static final String HERE = "here";

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,63}");
  private static final Pattern PREFIXED = Pattern.compile("([A-Za-z_][A-Za-z0-9_-]*):(.*)");
  private static final Set<String> RESERVED =
      Set.of(HERE, "file", "http", "https", "jar", "oci", "s3");

  private final NavigableMap<String, BucketDefinition> buckets;

  private Buckets(NavigableMap<String, BucketDefinition> buckets) {
    this.buckets = buckets;
  }

  /** The buckets of a catalogue. */
  static Buckets of(List<BucketDefinition> definitions) {
    NavigableMap<String, BucketDefinition> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    definitions.forEach(bucket -> all.put(bucket.name(), bucket));
    return new Buckets(all);
  }

  /** With a bucket added, or put in place of the one of its name. */
  Buckets with(BucketDefinition bucket) {
    NavigableMap<String, BucketDefinition> all = all();
    all.remove(bucket.name());
    all.put(bucket.name(), bucket);
    return new Buckets(all);
  }

  /** Without a bucket. */
  Buckets without(String name) {
    NavigableMap<String, BucketDefinition> all = all();
    all.remove(name);
    return new Buckets(all);
  }

  /** Those of the database by name, in any letter case. */
  public NavigableMap<String, BucketDefinition> all() {
    NavigableMap<String, BucketDefinition> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(buckets);
    return all;
  }

  /**
   * Checks a new bucket's name.
   *
   * @throws SqlError 42602 for one of another shape, 42939 for a reserved one
   */
  public static void checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new SqlError(
          "42602",
          GuestText.quote(name)
              + " cannot be a bucket's name: it is made of letters, digits, '_' and '-', begins"
              + " with a letter or '_' and has at most 64 characters");
    }
    if (RESERVED.stream().anyMatch(name::equalsIgnoreCase)) {
      throw new SqlError("42939", "the name " + name + " is reserved");
    }
  }

  /**
   * The folder of a location, symbolic links resolved.
   *
   * @param location a {@code file:} URI or a path, relative to the process's working directory
   * @throws SqlError 22023 for something else; 58P01 if it does not exist; 58030 if it is no folder
   */
  public static Path folder(String location) {
    Path path;
    try {
      path = location.startsWith("file:") ? fileUri(location) : Path.of(location);
    } catch (InvalidPathException e) {
      throw noPath(location, e);
    }
    if (location.isBlank() || (PREFIXED.matcher(location).matches() && !isFile(location))) {
      throw new SqlError(
          "22023", GuestText.quote(location) + " is no place of a bucket: only file: folders are");
    }
    try {
      Path real = path.toRealPath();
      if (!Files.isDirectory(real)) {
        throw new SqlError("58030", GuestText.quote(location) + " is not a folder");
      }
      return real;
    } catch (IOException e) {
      throw new SqlError("58P01", "there is no folder " + GuestText.quote(location), e);
    }
  }

  private static boolean isFile(String location) {
    return location.startsWith("file:");
  }

  /** {@code file:/a}, {@code file:///a}, and {@code file:a} relative to the working directory. */
  private static Path fileUri(String uri) {
    try {
      URI parsed = new URI(uri);
      return parsed.isOpaque() ? Path.of(parsed.getSchemeSpecificPart()) : Path.of(parsed);
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      throw noPath(uri, e);
    }
  }

  private static SqlError noPath(String text, Exception e) {
    return new SqlError("22023", GuestText.quote(text) + " is neither a path nor a file: URI", e);
  }

  /**
   * What was read, and where.
   *
   * @param source for people
   * @param bytes the file's content
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
  public record Found(String source, byte[] bytes) {}

  private record Place(String name, Path folder) {}

  /**
   * Reads a component file.
   *
   * @param source {@code bucket:path}; a path or {@code file:} URI that leads into a bucket; or a
   *     relative path, looked for in the connection's folder and then in the buckets by their names
   * @param here the connection's folder without symbolic links, if it has one
   * @throws SqlError 42501 for a path outside of every bucket; as {@link ModuleFile#read} else
   */
  public Found read(String source, Optional<Path> here) {
    List<Place> places = new ArrayList<>();
    here.ifPresent(folder -> places.add(new Place(HERE, folder)));
    buckets.values().forEach(b -> places.add(new Place(b.name(), b.location())));
    if (places.isEmpty()) {
      return new Found(absolute(source), ModuleFile.read(source));
    }
    if (source.isBlank()) {
      throw new SqlError("22023", "FROM '" + GuestText.of(source) + "' names no file");
    }
    try {
      return read(source, places);
    } catch (InvalidPathException e) {
      throw noPath(source, e);
    }
  }

  private static Found read(String source, List<Place> places) {
    Matcher prefixed = PREFIXED.matcher(source);
    if (prefixed.matches() && !prefixed.group(1).equalsIgnoreCase("file")) {
      String name = prefixed.group(1);
      for (Place place : places) {
        if (place.name.equalsIgnoreCase(name)) {
          return open(source, List.of(place), Path.of(prefixed.group(2)), places);
        }
      }
      throw new SqlError(
          "42704", GuestText.quote(source) + ": there is no bucket " + name + "; " + list(places));
    }
    Path path = isFile(source) ? fileUri(source) : Path.of(source);
    if (!path.isAbsolute()) {
      Optional<Found> found = reached(source, path.toAbsolutePath(), places);
      return found.isPresent() ? found.get() : open(source, places, path, places);
    }
    return reached(source, path, places).orElseThrow(() -> outside(source, places));
  }

  /** A file by its absolute path, in whatever bucket. */
  private static Optional<Found> reached(String source, Path path, List<Place> places) {
    for (Place place : places) {
      Optional<Path> real = BucketFile.within(place.folder, path);
      if (real.isPresent()) {
        return Optional.of(
            new Found(real.get().toString(), BucketFile.read(place.folder, real.get(), source)));
      }
    }
    return Optional.empty();
  }

  /** A file by its path in a bucket, the first of some that has it. */
  private static Found open(String source, List<Place> in, Path path, List<Place> all) {
    if (path.isAbsolute()) {
      throw outside(source, all);
    }
    boolean led = false;
    for (Place place : in) {
      Path wanted = place.folder.resolve(path);
      Optional<Path> real = BucketFile.within(place.folder, wanted);
      if (real.isPresent()) {
        return new Found(real.get().toString(), BucketFile.read(place.folder, real.get(), source));
      }
      led |= wanted.normalize().startsWith(place.folder) && !Files.exists(wanted);
    }
    if (led) {
      throw new SqlError(
          "58P01",
          "there is no file "
              + GuestText.quote(source)
              + " in "
              + in.stream()
                  .map(place -> place.name + " (" + place.folder + ")")
                  .collect(Collectors.joining(", ")));
    }
    throw outside(source, all);
  }

  private static SqlError outside(String source, List<Place> places) {
    return new SqlError(
        "42501",
        GuestText.quote(source)
            + " lies in no bucket; "
            + list(places)
            + "; CREATE BUCKET name LOCATION 'file:…' adds one");
  }

  private static String list(List<Place> places) {
    return "buckets are "
        + places.stream()
            .map(place -> place.name + " (" + place.folder + ")")
            .collect(Collectors.joining(", "));
  }

  /** The path for people who look at the catalogue from another directory. */
  private static String absolute(String source) {
    try {
      boolean uri = isFile(source) && !Files.exists(Path.of(source));
      Path path = uri ? fileUri(source) : Path.of(source);
      return Files.exists(path) ? path.toAbsolutePath().normalize().toString() : source;
    } catch (InvalidPathException e) {
      return source;
    }
  }
}
