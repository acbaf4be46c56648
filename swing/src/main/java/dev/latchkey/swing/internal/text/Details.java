package dev.latchkey.swing.internal.text;

import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.OAuthError;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an administrator, a developer or a support desk wants to know. In English, as sent. */
public final class Details {

  private Details() {}

  /** A few lines. They hold no token, no code and no body of a response. */
  public static String of(Throwable failure) {
    if (!(failure instanceof LatchkeyException known)) {
      return failure.getClass().getName(); // its message could quote a secret
    }
    List<String> lines = new ArrayList<>();
    lines.add(known.getMessage());
    if (known.remedy() != null) {
      lines.add(known.remedy());
    }
    OAuthError sent = known.oauthError();
    if (sent != null) {
      String numbers =
          sent.aadsts().stream().map(number -> "AADSTS" + number).collect(Collectors.joining(", "));
      lines.add("Error: " + sent.error() + (numbers.isEmpty() ? "" : " (" + numbers + ")"));
      add(lines, "Correlation ID: ", sent.correlationId());
      add(lines, "Trace ID: ", sent.traceId());
      add(lines, "Time: ", sent.timestamp());
    }
    return String.join("\n", lines);
  }

  private static void add(List<String> lines, String name, @Nullable String value) {
    if (value != null) {
      lines.add(name + value);
    }
  }
}
