package dev.latchkey.testkit.internal.graph.file;

import dev.latchkey.testkit.internal.http.Bytes;
import dev.latchkey.testkit.internal.http.HttpAnswer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers a {@code Range} header with one range. To several ranges or an invalid header, it answers
 * the whole.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-14">RFC 9110 §14</a>
 */
final class Ranges {

  private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,15})-(\\d{0,15})");

  private Ranges() {}

  static HttpAnswer answer(Bytes content, @Nullable String header) {
    Matcher range = ONE.matcher(header == null ? "" : header.trim());
    if (!range.matches() || range.group().equals("bytes=-")) {
      return HttpAnswer.file(200, content);
    }
    long size = content.size();
    boolean suffix = range.group(1).isEmpty();
    long first =
        suffix
            ? Math.max(0, size - Long.parseLong(range.group(2)))
            : Long.parseLong(range.group(1));
    long end =
        suffix || range.group(2).isEmpty()
            ? size
            : Math.min(size, Long.parseLong(range.group(2)) + 1);
    if (first >= end) {
      return HttpAnswer.empty(416).with("Content-Range", "bytes */" + size);
    }
    return HttpAnswer.file(206, content.part(first, end - first))
        .with("Content-Range", "bytes %d-%d/%d".formatted(first, end - 1, size));
  }
}
