package dev.latchkey.testkit.internal.graph.file;

import dev.latchkey.testkit.internal.graph.call.GraphFailure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code Content-Range} of a slice.
 *
 * @param end the index after the last byte
 */
record ContentRange(long first, long end, long total) {

  private static final Pattern SYNTAX =
      Pattern.compile("bytes (\\d{1,15})-(\\d{1,15})/(\\d{1,15})");
  private static final long UNIT = 327_680;
  private static final long MAX_LENGTH = 60L << 20;

  static ContentRange of(@Nullable String header, @Nullable String contentLength) {
    Matcher matcher = SYNTAX.matcher(header == null ? "" : header);
    if (!matcher.matches()) {
      throw GraphFailure.invalidRequest("The Content-Range header is missing or malformed.");
    }
    ContentRange range =
        new ContentRange(
            Long.parseLong(matcher.group(1)),
            Long.parseLong(matcher.group(2)) + 1,
            Long.parseLong(matcher.group(3)));
    if (range.length() <= 0 || range.end > range.total) {
      throw GraphFailure.invalidRequest("The Content-Range header is invalid.");
    }
    if (contentLength == null || !contentLength.equals(Long.toString(range.length()))) {
      throw GraphFailure.invalidRequest("The Content-Length differs from the Content-Range.");
    }
    range.checkSize();
    return range;
  }

  long length() {
    return end - first;
  }

  private void checkSize() {
    if (end < total && length() % UNIT != 0) {
      throw GraphFailure.invalidRequest(
          "The size of a fragment must be a multiple of 320 KiB (327,680 bytes).");
    }
    if (length() >= MAX_LENGTH) {
      throw GraphFailure.of(
          413,
          "invalidRequest",
          "A fragment must be less than 60 MiB.",
          "maxFragmentLengthExceeded");
    }
  }
}
