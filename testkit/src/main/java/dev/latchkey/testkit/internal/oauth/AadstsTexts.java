package dev.latchkey.testkit.internal.oauth;

import dev.latchkey.testkit.internal.http.Resources;
import java.util.Properties;

/** What Entra ID says beside an AADSTS number. For people; no client may branch on it. */
final class AadstsTexts {

  private static final Properties TEXTS =
      Resources.properties(AadstsTexts.class, "aadsts.properties");

  private AadstsTexts() {}

  static String of(int number) {
    return TEXTS.getProperty(Integer.toString(number), "The request cannot be fulfilled.");
  }
}
