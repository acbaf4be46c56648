package dev.latchkey.internal.error;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.error.SignInRequired.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What errors mean, by one part of them each. The tables are the {@code .tsv} resources of this
 * package, read once. To teach the library a new {@code AADSTS} number, add a line to {@code
 * aadsts.tsv}; no code changes. {@code ErrorTableTest} compares that file with a copy of its
 * numbers and classes, {@code aadsts-classes.tsv} of the tests, so add the number there, too.
 */
final class ErrorTable {

  /** By {@code AADSTS} number. */
  static final Map<String, Classification> AADSTS = load("aadsts.tsv");

  /** By Entra's {@code suberror}. */
  static final Map<String, Classification> SUBERRORS = load("suberrors.tsv");

  /** By {@code error}. */
  static final Map<String, Classification> ERRORS = load("errors.tsv");

  /** By words of the description: they refine the reason, never the class. */
  static final Map<String, Classification> PHRASES = load("phrases.tsv");

  private ErrorTable() {}

  /** Reads all rows, in the order of the file. */
  private static Map<String, Classification> load(String name) {
    Map<String, Classification> rows = new LinkedHashMap<>();
    try (InputStream resource = ErrorTable.class.getResourceAsStream(name)) {
      if (resource == null) {
        throw new IllegalStateException(
            "The resource " + name + " was left out of the application");
      }
      new BufferedReader(new InputStreamReader(resource, UTF_8))
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .forEach(cells -> rows.put(cells[0], classification(cells)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Collections.unmodifiableMap(rows);
  }

  private static Classification classification(String[] cells) {
    return new Classification(
        ErrorClass.valueOf(cells[1]),
        cells[2].equals("-") ? null : Reason.valueOf(cells[2]),
        cells[3].equals("-") ? null : cells[3],
        cells.length > 4 && cells[4].equals("browser"));
  }
}
