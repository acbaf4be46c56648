package dev.latchkey.testkit.internal.graph.drive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.testkit.internal.graph.call.GraphFailure;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client's position in the changes of a drive.
 *
 * @param generation if older than the drive's, the token has expired
 * @param deletedAfter the client never saw items that were deleted before this change
 */
record DeltaToken(int generation, long after, long deletedAfter) {

  private static final Pattern SYNTAX = Pattern.compile("v1;(\\d{1,9});(\\d{1,15});(\\d{1,15})");

  static DeltaToken first(StoredDrive drive) {
    return new DeltaToken(drive.generation(), 0, drive.lastChange());
  }

  static DeltaToken latest(StoredDrive drive) {
    return new DeltaToken(drive.generation(), drive.lastChange(), 0);
  }

  DeltaToken upTo(long change) {
    return new DeltaToken(generation, change, deletedAfter);
  }

  static DeltaToken parse(String text) {
    try {
      Matcher matcher = SYNTAX.matcher(new String(Base64.getUrlDecoder().decode(text), UTF_8));
      if (matcher.matches()) {
        return new DeltaToken(
            Integer.parseInt(matcher.group(1)),
            Long.parseLong(matcher.group(2)),
            Long.parseLong(matcher.group(3)));
      }
    } catch (IllegalArgumentException malformed) {
      // Refused below.
    }
    throw GraphFailure.invalidRequest("Provided sync token is malformed.");
  }

  String text() {
    String plain = "v1;%d;%d;%d".formatted(generation, after, deletedAfter);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(UTF_8));
  }
}
