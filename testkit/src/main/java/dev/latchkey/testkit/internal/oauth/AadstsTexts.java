package dev.latchkey.testkit.internal.oauth;

import dev.latchkey.testkit.internal.http.Resources;
import java.util.Properties;

/**
 * The texts that Entra ID sends with AADSTS numbers. They are for people; no client may parse them.
 */
final class AadstsTexts {

  private static final Properties TEXTS =
      Resources.properties(AadstsTexts.class, "aadsts.properties");

  private AadstsTexts() {}

  static String of(int number) {
    return TEXTS.getProperty(Integer.toString(number), "The request cannot be fulfilled.");
  }
}
