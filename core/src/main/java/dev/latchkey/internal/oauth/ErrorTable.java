package dev.latchkey.internal.oauth;

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
import org.jspecify.annotations.Nullable;

/**
 * The tables of what errors mean, read once. Tab-separated: key, class, reason, remedy; {@code -}
 * stands for none, and lines with {@code #} are comments.
 */
final class ErrorTable {

  /** By {@code AADSTS} number. */
  static final ErrorTable AADSTS = load("aadsts.tsv");

  /** By Entra's {@code suberror}. */
  static final ErrorTable SUBERRORS = load("suberrors.tsv");

  /** By {@code error}. */
  static final ErrorTable ERRORS = load("errors.tsv");

  /** By words of the description: a hint at the reason, never at the class. */
  static final ErrorTable PHRASES = load("phrases.tsv");

  private final Map<String, Classification> rows;

  private ErrorTable(Map<String, Classification> rows) {
    this.rows = Collections.unmodifiableMap(rows);
  }

  @Nullable Classification get(@Nullable String key) {
    return key == null ? null : rows.get(key);
  }

  Map<String, Classification> rows() {
    return rows;
  }

  private static ErrorTable load(String name) {
    Map<String, Classification> rows = new LinkedHashMap<>();
    try (InputStream resource = ErrorTable.class.getResourceAsStream(name)) {
      if (resource == null) {
        throw new IllegalStateException(
            "The resource " + name + " was left out of the application");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(resource, UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isEmpty() && !line.startsWith("#")) {
          String[] cells = line.split("\t", -1);
          rows.put(cells[0], verdict(cells));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ErrorTable(rows);
  }

  private static Classification verdict(String[] cells) {
    return new Classification(
        ErrorClass.valueOf(cells[1]),
        cells[2].equals("-") ? null : Reason.valueOf(cells[2]),
        cells[3].equals("-") ? null : cells[3]);
  }
}
